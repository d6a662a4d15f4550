package com.ecohash.ecolink.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyStoreTest {
  private static final int MEMORY = 100;
  private static final int SPOOL = 1_000;

  @TempDir private Path folder;

  private BodyStore store(Spool spool) {
    return new BodyStore(new BodyLimits(10_000, "test.body", MEMORY, spool), -1);
  }

  private Spool spool() {
    return new Spool(folder.resolve("spool"), SPOOL, "test.spool");
  }

  private static BodyStore filled(BodyStore store, int bytes) throws IOException {
    store.append(new byte[bytes], bytes);
    return store;
  }

  @Test
  void takesRoomInTheSpoolOnlyForWhatIsNotInMemory() throws IOException {
    Spool spool = spool();
    StoredBody small = filled(store(spool), MEMORY).stored();
    assertThat(spool.takenBytes()).isZero();

    StoredBody large = filled(filled(store(spool), MEMORY), 1).stored();
    assertThat(spool.takenBytes()).isEqualTo(MEMORY + 1);
    assertThat(large.length()).isEqualTo(MEMORY + 1);

    large.close();
    large.close();
    small.close();
    assertThat(spool.takenBytes()).isZero();
  }

  @Test
  void refusesWhatIsTooMuchForTheSpoolUntilAnotherBodyHasEnded() throws IOException {
    Spool spool = spool();
    StoredBody first = filled(store(spool), 600).stored();
    BodyStore second = filled(store(spool), 300);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> filled(second, 101))
        .satisfies(
            refusal -> {
              assertThat(refusal.type()).isEqualTo(ErrorType.OVERLOADED);
              assertThat(refusal).hasMessageContaining("`test.spool`");
              assertThat(refusal.retryAfter()).isPresent();
            });
    second.discard();
    assertThat(spool.takenBytes()).isEqualTo(600);

    first.close();
    filled(store(spool), SPOOL).discard();
    assertThat(spool.takenBytes()).isZero();
  }

  @Test
  void saysThatItCannotWrite() throws IOException {
    Files.createFile(folder.resolve("spool"));
    BodyStore store = store(spool());
    assertThatThrownBy(() -> filled(store, MEMORY + 1)).isInstanceOf(IOException.class);
    store.discard();
  }
}
