package com.ecohash.ecolink.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private static final InstanceId ONE = new InstanceId(1);
  private static final InstanceId OTHER = new InstanceId(2);

  private final ConcurrencyLimit limit = new ConcurrencyLimit(2, "some.key");

  @Test
  void refusesWhatIsOneTooManyAndNamesTheLimit() {
    limit.enter(ONE);
    limit.enter(ONE);
    assertThatThrownBy(() -> limit.enter(ONE))
        .hasMessageContaining("some.key")
        .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.type()).isEqualTo(ErrorType.OVERLOADED);
              assertThat(refusal.retryAfter()).isPresent();
            });
    limit.enter(OTHER);
  }

  @Test
  void givesAPlaceBackOnceHoweverOftenItIsLeft() {
    ConcurrencyLimit.Place first = limit.enter(ONE);
    limit.enter(ONE);
    first.leave();
    first.leave();
    limit.enter(ONE);
    assertThatThrownBy(() -> limit.enter(ONE)).isInstanceOf(ApiException.class);
  }

  @Test
  void doesNotCountWhatItRefused() {
    ConcurrencyLimit.Place first = limit.enter(ONE);
    limit.enter(ONE);
    assertThatThrownBy(() -> limit.enter(ONE)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> limit.enter(ONE)).isInstanceOf(ApiException.class);
    first.leave();
    limit.enter(ONE);
  }

  @Test
  void forgetsInstancesThatAreGone() {
    ConcurrencyLimit.Place old = limit.enter(ONE);
    limit.enter(OTHER);
    limit.enter(OTHER);
    limit.retain(Set.of(OTHER));
    old.leave();
    assertThatThrownBy(() -> limit.enter(OTHER)).isInstanceOf(ApiException.class);
  }
}
