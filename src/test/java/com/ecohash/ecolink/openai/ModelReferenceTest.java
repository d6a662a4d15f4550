package com.ecohash.ecolink.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.openai.ModelReference.Instance;
import com.ecohash.ecolink.openai.ModelReference.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "my-llama:142, my-llama, 142",
    "llama3:8b:142, llama3:8b, 142",
    "org/model:1, org/model, 1",
    "a::7, a:, 7",
    "m:999999999999999999, m, 999999999999999999"
  })
  void theNumberAfterTheLastColonIsTheInstance(String text, String model, long id) {
    assertThat(ModelReference.parse(text)).isEqualTo(new Instance(model, id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my-llama",
        "llama3:8b",
        "m:",
        ":142",
        "m:0142",
        "m:0",
        "m:-1",
        "m:+1",
        "m: 1",
        "m:1 ",
        "m:10000000000000000000",
        "m:1000000000000000000",
        "m:١٢",
        "m:１",
        "m:1e3",
        "",
        ":"
      })
  void anythingElseIsAPlatformModelsName(String text) {
    assertThat(ModelReference.parse(text)).isEqualTo(new Platform(text));
  }

  @Test
  void theMessageOf404SaysWhatToWrite() {
    assertThat(ApiException.modelNotFound(ModelReference.parse("my-llama")))
        .hasMessageContaining("write `my-llama:<instance id>`")
        .hasMessageContaining("GET /v1/models");
    assertThat(ApiException.modelNotFound(ModelReference.parse("my-llama:7")).getMessage())
        .contains("`my-llama:7` does not exist")
        .contains("GET /v1/models");
  }

  @Test
  void aLongNameIsCutInTheMessage() {
    assertThat(ModelReference.parse("x".repeat(4000)).notFoundMessage()).hasSizeLessThan(500);
  }

  @Test
  void anInstanceHasANameAndAnId() {
    assertThatThrownBy(() -> new Instance("", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Instance("m", 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
