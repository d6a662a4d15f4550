package com.ecohash.ecolink.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedTextsTest {
  private static final String PLACE = "instance 142";

  private final SecretKeyBytes one =
      SecretKeyBytes.parse(SecretKeyBytes.generate(new SecureRandom()));
  private final SecretKeyBytes other =
      SecretKeyBytes.parse(SecretKeyBytes.generate(new SecureRandom()));
  private final SealedTexts texts = SealedTexts.by(one, Optional.empty());

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-secret", "käse 🧀", "enc:1:looks:like"})
  void opensWhatItSealed(String text) {
    String stored = texts.seal(text, PLACE);
    assertThat(stored).startsWith("enc:1:").doesNotContain("sk-secret");
    assertThat(texts.open(stored, PLACE)).contains(text);
    assertThat(texts.isOutdated(stored)).isFalse();
  }

  @Test
  void sealsTheSameTextNeverAlike() {
    assertThat(texts.seal("a", PLACE)).isNotEqualTo(texts.seal("a", PLACE));
  }

  @Test
  void doesNotOpenWhatBelongsElsewhereOrWasChanged() {
    String stored = texts.seal("sk-secret", PLACE);
    assertThat(texts.open(stored, "instance 143")).isEmpty();
    int middle = stored.length() / 2;
    String changed =
        stored.substring(0, middle)
            + (stored.charAt(middle) == 'A' ? 'B' : 'A')
            + stored.substring(middle + 1);
    assertThat(texts.open(changed, PLACE)).isEmpty();
    assertThat(texts.open("enc:1:" + "0".repeat(8) + ":AAAA", PLACE)).isEmpty();
    assertThat(texts.open("enc:1:", PLACE)).isEmpty();
    assertThat(texts.open(stored.substring(0, 20), PLACE)).isEmpty();
  }

  @Test
  void opensByThePreviousKeyAndSealsByThePresentOne() {
    String old = texts.seal("sk-secret", PLACE);
    SealedTexts rotated = SealedTexts.by(other, Optional.of(one));
    assertThat(rotated.open(old, PLACE)).contains("sk-secret");
    assertThat(rotated.isOutdated(old)).isTrue();
    String fresh = rotated.seal("sk-secret", PLACE);
    assertThat(rotated.isOutdated(fresh)).isFalse();
    assertThat(SealedTexts.by(other, Optional.empty()).open(fresh, PLACE)).contains("sk-secret");
    assertThat(SealedTexts.by(other, Optional.empty()).open(old, PLACE)).isEmpty();
  }

  @Test
  void readsPlainTextsFromBeforeThereWasAKey() {
    assertThat(texts.open("sk-plain", PLACE)).contains("sk-plain");
    assertThat(texts.isOutdated("sk-plain")).isTrue();
    assertThat(SealedTexts.WITHOUT_KEY.open("sk-plain", PLACE)).contains("sk-plain");
    assertThat(SealedTexts.WITHOUT_KEY.isOutdated("sk-plain")).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> SealedTexts.WITHOUT_KEY.seal("a", PLACE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "c2hvcnQ=", "not base64 at all, of whatever length !"})
  void takesNoOtherKeysAndDoesNotRepeatThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretKeyBytes.parse(text))
        .withMessage("a key is 32 bytes in base64, such as `openssl rand -base64 32` prints");
  }

  @Test
  void makesAKeyFileThatOnlyItsUserReadsAndKeepsIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("data").resolve("secrets.key");
    String stored = SealedTexts.by(KeyFile.at(file), Optional.empty()).seal("a", PLACE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SealedTexts.by(KeyFile.at(file), Optional.empty()).open(stored, PLACE))
        .contains("a");
    Files.writeString(file, "broken");
    assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.at(file));
  }
}
