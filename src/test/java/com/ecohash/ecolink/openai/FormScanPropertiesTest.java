package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FormScanPropertiesTest {
  @Property(tries = 1000)
  void aProperFormIsReadLikeTheReferenceReadsIt(@ForAll long seed) {
    Forms forms = new Forms(new Random(seed));
    String contentType = forms.contentType();
    byte[] body = forms.body().getBytes(ISO_8859_1);

    FormChecks.check(contentType, body);
  }

  @Property(tries = 3000)
  void soIsABrokenOne(@ForAll long seed) {
    Forms forms = new Forms(new Random(seed));
    String contentType = forms.contentType();
    String type = seed % 10 == 0 ? forms.mutated(contentType) : contentType;

    FormChecks.check(type, forms.mutated(forms.body()).getBytes(ISO_8859_1));
  }

  /** Else the comparisons above would say little. */
  @Property(tries = 20)
  void mostProperFormsAreTakenAndKnownToJetty(@ForAll long seed) {
    int taken = 0;
    int known = 0;
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Forms forms = new Forms(random);
      String contentType = forms.contentType();
      byte[] body = forms.body().getBytes(ISO_8859_1);
      taken += FormReference.read(contentType, body, FormChecks.LIMITS).isPresent() ? 1 : 0;
      known += JettyForm.read(forms.boundary, body).isPresent() ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(60);
    assertThat(known).isGreaterThan(60);
  }
}
