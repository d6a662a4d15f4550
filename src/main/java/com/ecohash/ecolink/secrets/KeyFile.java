package com.ecohash.ecolink.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The key of a gateway that has its database for itself, in a file that only its user may read. */
public final class KeyFile {
  private KeyFile() {}

  /**
   * Reads the key, or makes one if there is none yet.
   *
   * @throws IllegalArgumentException if the file holds no key
   * @throws UncheckedIOException if it cannot be read or made
   */
  public static SecretKeyBytes at(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return SecretKeyBytes.parse(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("the key file " + file + " cannot be read or made", e);
    }
  }

  private static void make(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    byte[] key =
        (SecretKeyBytes.generate(new SecureRandom()) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            onlyForItsUser(file))) {
      ByteBuffer left = ByteBuffer.wrap(key);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true); // what it encrypts must not outlive it
    } catch (FileAlreadyExistsException e) {
      return; // made a moment ago by another process on this folder
    }
  }

  private static FileAttribute<?>[] onlyForItsUser(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
