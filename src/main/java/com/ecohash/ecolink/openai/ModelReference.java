package com.ecohash.ecolink.openai;

/**
 * What a request's {@code model} names: an instance of the caller's ({@code my-llama:142}) or a
 * platform model. It never says whether the thing exists or who owns it.
 */
public sealed interface ModelReference {
  /** {@code model} is the name as the container knows it, without the suffix. */
  record Instance(String model, long instanceId) implements ModelReference {
    public Instance {
      if (model.isEmpty() || instanceId <= 0) {
        throw new IllegalArgumentException("not an instance: " + model + ":" + instanceId);
      }
    }

    @Override
    public String notFoundMessage() {
      return NotFoundMessage.ofInstance(model, instanceId);
    }
  }

  /** Whatever is no instance reference, malformed suffixes included: they will not be found. */
  record Platform(String name) implements ModelReference {
    @Override
    public String notFoundMessage() {
      return NotFoundMessage.ofPlatformModel(name);
    }
  }

  /** The sentence of the 404: what was asked for and what to write instead. */
  String notFoundMessage();

  /** Splits at the last colon (SPEC 2.1): the name before it may hold colons and slashes. */
  static ModelReference parse(String model) {
    int colon = model.lastIndexOf(':');
    if (colon > 0 && isInstanceId(model, colon + 1)) {
      return new Instance(
          model.substring(0, colon), Long.parseLong(model, colon + 1, model.length(), 10));
    }
    return new Platform(model);
  }

  /** Decimal, no sign, no leading zero, and never more digits than any {@code long} can hold. */
  private static boolean isInstanceId(String model, int from) {
    int digits = model.length() - from;
    if (digits < 1 || digits > 18 || model.charAt(from) == '0') {
      return false;
    }
    for (int i = from; i < model.length(); i++) {
      if (model.charAt(i) < '0' || model.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
