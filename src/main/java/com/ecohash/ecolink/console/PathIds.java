package com.ecohash.ecolink.console;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.InvitationId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.UserId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads ids out of paths and parameters. What is no id names nothing: 404. */
public final class PathIds {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,17}");

  private PathIds() {}

  /** The number, if the text is an id as the product writes them. */
  public static Optional<Long> number(String text) {
    return FORM.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  public static AccountId account(String text) {
    return number(text).map(AccountId::new).orElseThrow(() -> notFound("account"));
  }

  public static InstanceId instance(String text) {
    return number(text).map(InstanceId::new).orElseThrow(() -> notFound("instance"));
  }

  public static KeyId key(String text) {
    return number(text).map(KeyId::new).orElseThrow(() -> notFound("key"));
  }

  public static UserId user(String text) {
    return number(text).map(UserId::new).orElseThrow(() -> notFound("user"));
  }

  public static InvitationId invitation(String text) {
    return number(text).map(InvitationId::new).orElseThrow(() -> notFound("invitation"));
  }

  public static RegionId region(String text) {
    try {
      return new RegionId(text);
    } catch (IllegalArgumentException e) {
      throw notFound("region");
    }
  }

  public static ApiException notFound(String what) {
    return new ApiException(ErrorType.NOT_FOUND, "There is no such " + what + ".");
  }
}
