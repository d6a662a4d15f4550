package com.ecohash.ecolink.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleTest {
  @ParameterizedTest
  @EnumSource
  void hasASentenceOnTheSignInPage(Trouble trouble) throws IOException {
    assertThat(Files.readString(Path.of("webapp/app/js/pages/sign-in.js")))
        .containsPattern("\\['" + trouble.code() + "', '[A-Z].*\\.'\\]");
  }
}
