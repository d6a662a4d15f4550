package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.persistence.Database;
import com.ecohash.ecolink.persistence.DatabaseSettings;
import com.ecohash.ecolink.persistence.StoredCredentials;
import com.ecohash.ecolink.secrets.KeyFile;
import com.ecohash.ecolink.secrets.SealedTexts;
import com.ecohash.ecolink.secrets.SecretKeyBytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the key comes from that encrypts containers' credentials. */
final class SecretsSetup {
  private static final Logger LOG = LoggerFactory.getLogger(SecretsSetup.class);

  private SecretsSetup() {}

  /** A key that is configured; else a file's, which one node alone can have. */
  static SealedTexts of(Configuration configuration, DatabaseSettings database, Path dataDir) {
    Optional<SecretKeyBytes> previous = key(configuration, Setting.SECRETS_PREVIOUS_KEY);
    Optional<SecretKeyBytes> configured = key(configuration, Setting.SECRETS_KEY);
    if (configured.isEmpty() && database.isEmbedded()) {
      configured = Optional.of(fromFile(dataDir.resolve("secrets.key")));
    }
    if (configured.isEmpty() && previous.isPresent()) {
      throw new BadConfigurationException(
          Setting.SECRETS_PREVIOUS_KEY.key()
              + " is set, but not "
              + Setting.SECRETS_KEY.key()
              + ".");
    }
    return configured
        .map(present -> SealedTexts.by(present, previous))
        .orElse(SealedTexts.WITHOUT_KEY);
  }

  private static Optional<SecretKeyBytes> key(Configuration configuration, Setting setting) {
    return configuration.parsed(
        setting,
        text -> text.isEmpty() ? Optional.empty() : Optional.of(SecretKeyBytes.parse(text)));
  }

  private static SecretKeyBytes fromFile(Path file) {
    try {
      return KeyFile.at(file);
    } catch (IllegalArgumentException e) {
      throw new BadConfigurationException(
          "The file " + file + " holds no key: " + e.getMessage() + ".");
    }
  }

  /**
   * Encrypts what is plain or by the previous key.
   *
   * @throws BadConfigurationException if a credential in use cannot be read
   */
  static void lookAfter(Database database) {
    StoredCredentials credentials = new StoredCredentials(database);
    List<InstanceId> locked = credentials.locked();
    if (!locked.isEmpty()) {
      throw new BadConfigurationException(
          "The credentials of the instances "
              + locked
              + " are encrypted by another key than "
              + Setting.SECRETS_KEY.key()
              + ". Set the key that they were encrypted with, as that or as "
              + Setting.SECRETS_PREVIOUS_KEY.key()
              + ".");
    }
    int sealed = credentials.sealOutdated();
    if (sealed > 0) {
      LOG.info("{} credentials of containers are encrypted by the present key now.", sealed);
    }
  }
}
