package com.ecohash.ecolink.console;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which instances of a list are wanted; each may name several, with commas between. */
record InstanceFilter(Set<InstanceState> states, Set<Category> categories, Set<Mode> modes)
    implements Predicate<DeployedInstance> {
  /**
   * @throws ApiException if a word is none of the known ones
   */
  static InstanceFilter of(
      @Nullable String state, @Nullable String category, @Nullable String mode) {
    return new InstanceFilter(
        words("state", state, InstanceState.class, InstanceState::wireName),
        words("category", category, Category.class, Category::wireName),
        words("mode", mode, Mode.class, one -> one.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public boolean test(DeployedInstance deployed) {
    Optional<Category> category = deployed.instance().category();
    return (states.isEmpty() || states.contains(deployed.instance().state()))
        && (categories.isEmpty() || category.filter(categories::contains).isPresent())
        && (modes.isEmpty() || modes.contains(deployed.instance().mode()));
  }

  private static <E extends Enum<E>> Set<E> words(
      String parameter, @Nullable String text, Class<E> type, Function<E, String> name) {
    Set<E> wanted = EnumSet.noneOf(type);
    if (text != null) {
      for (String word : text.split(",", -1)) {
        wanted.add(word(parameter, word, type, name));
      }
    }
    return wanted;
  }

  private static <E extends Enum<E>> E word(
      String parameter, String word, Class<E> type, Function<E, String> name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> name.apply(one).equals(word))
        .findAny()
        .orElseThrow(
            () ->
                ApiException.invalidRequest(
                    parameter,
                    parameter
                        + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(name)
                            .collect(Collectors.joining(", "))
                        + ", or several of them with commas between."));
  }
}
