package com.ecohash.ecolink.console;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The member {@code category} of a request. */
public final class CategoryMember {
  private CategoryMember() {}

  /**
   * @throws ApiException if there is no such category
   */
  public static Category of(String name) {
    return Category.ofWireName(name)
        .orElseThrow(
            () ->
                ApiException.invalidRequest(
                    "category",
                    "The category is one of "
                        + Arrays.stream(Category.values())
                            .map(Category::wireName)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
