package com.ecohash.ecolink.video;

import com.ecohash.ecolink.instances.Category;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a container tells about a job. */
public final class JobPath {
  private JobPath() {}

  /** The path, with an id of any characters as one segment of it. */
  public static String onContainer(String containerId) {
    String segment = URLEncoder.encode(containerId, StandardCharsets.UTF_8).replace("+", "%20");
    return Category.VIDEO.endpoint() + "/" + segment;
  }
}
