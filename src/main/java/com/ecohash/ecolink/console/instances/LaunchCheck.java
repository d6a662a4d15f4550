package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.console.CategoryMember;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.console.UrlPath;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Container;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.openai.ApiException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges what is asked for at a launch; what it lets through is a {@link Launch}. */
final class LaunchCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]*");
  private static final Pattern REFERENCE = Pattern.compile(".*:[0-9]+");
  private static final int NAME_LENGTH_MAX = 128;
  private static final int REGIONS_MAX = 50;
  private static final int GPUS_MAX = 1_024;
  private static final String DEFAULT_HEALTH_PATH = "/health";

  private final EndpointCheck endpoints;

  LaunchCheck(EndpointCheck endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * @throws ApiException that says what is wrong and what to write
   */
  Launch check(LaunchRequest request, AccountId account, Collection<Region> regions) {
    Mode mode = request.openaiCompatible().orElse(true) ? Mode.OPENAI : Mode.CUSTOM;
    boolean platform = request.platform().orElse(false);
    Protocol protocol = protocol(request);
    return new Launch(
        account,
        name(request, platform),
        category(request, mode),
        mode,
        customApiPath(request, mode),
        protocol,
        platform,
        healthPath(request, mode, protocol),
        new TextMember("upstream_key", request.upstreamKey()).optional(4_096),
        container(request, mode),
        placements(request, regions));
  }

  private static String name(LaunchRequest request, boolean platform) {
    String name = new TextMember("name", request.name()).required(NAME_LENGTH_MAX);
    if (!NAME.matcher(name).matches()) {
      throw ApiException.invalidRequest(
          "name",
          "A name is what the container calls its model, made of letters, digits and . _ : / @ + -,"
              + " and begins with a letter or a digit.");
    }
    if (platform && REFERENCE.matcher(name).matches()) {
      throw ApiException.invalidRequest(
          "name", "A platform model's name does not end with a colon and digits, as instances do.");
    }
    return name;
  }

  private static Optional<Category> category(LaunchRequest request, Mode mode) {
    Optional<Category> category = request.category().map(CategoryMember::of);
    if (category.isEmpty() && mode == Mode.OPENAI) {
      throw ApiException.invalidRequest(
          "category", "An OpenAI-compatible instance has a category, such as chat.");
    }
    return category;
  }

  private static Optional<String> customApiPath(LaunchRequest request, Mode mode) {
    Optional<String> path = request.customApiPath();
    return switch (mode) {
      case OPENAI -> {
        if (path.isPresent()) {
          throw ApiException.invalidRequest(
              "custom_api_path",
              "custom_api_path belongs to openai_compatible = false; leave one of the two out.");
        }
        yield path;
      }
      case CUSTOM ->
          Optional.of(
              UrlPath.check(
                  "custom_api_path", new TextMember("custom_api_path", path).required(512)));
    };
  }

  private static Protocol protocol(LaunchRequest request) {
    return Protocol.ofWireName(request.protocol().orElse(Protocol.HTTP_1_1.wireName()))
        .orElseThrow(
            () -> ApiException.invalidRequest("protocol", "The protocol is http/1.1 or h2c."));
  }

  /** Empty text asks for a check by TCP connection; a gRPC server has no path to ask. */
  private static Optional<String> healthPath(LaunchRequest request, Mode mode, Protocol protocol) {
    if (request.healthPath().isEmpty()) {
      boolean grpc = mode == Mode.CUSTOM && protocol == Protocol.H2C;
      return grpc ? Optional.empty() : Optional.of(DEFAULT_HEALTH_PATH);
    }
    return request
        .healthPath()
        .filter(path -> !path.isEmpty())
        .map(path -> UrlPath.check("health_path", path));
  }

  private static Container container(LaunchRequest request, Mode mode) {
    if (request.port().isPresent() && (request.port().get() < 1 || request.port().get() > 65_535)) {
      throw ApiException.invalidRequest("port", "A port is 1 to 65535.");
    }
    int gpus = request.gpuCount().orElse(request.gpuType().isPresent() ? 1 : 0);
    if (gpus < 0 || gpus > GPUS_MAX) {
      throw ApiException.invalidRequest("gpu_count", "gpu_count is 0 to " + GPUS_MAX + ".");
    }
    if (mode == Mode.CUSTOM && gpus == 0 && request.gpuType().isPresent()) {
      throw ApiException.invalidRequest(
          "gpu_count",
          "GPUs of a type are 1 or more; leave gpu_type out too for a container that has none.");
    }
    return new Container(
        new TextMember("image", request.image()).optional(512),
        request.port(),
        new TextMember("gpu_type", request.gpuType()).optional(64),
        gpus);
  }

  private Map<RegionId, URI> placements(LaunchRequest request, Collection<Region> regions) {
    List<LaunchRequest.Placement> placements = request.regions().orElse(List.of());
    if (placements.isEmpty() || placements.size() > REGIONS_MAX) {
      throw ApiException.invalidRequest(
          "regions", "An instance runs in 1 to " + REGIONS_MAX + " regions.");
    }
    Map<RegionId, URI> checked = new HashMap<>();
    for (int i = 0; i < placements.size(); i++) {
      String member = "regions[" + i + "]";
      LaunchRequest.Placement placement = placements.get(i);
      if (placement == null) {
        throw ApiException.invalidRequest(member, member + " has to be an object.");
      }
      Region region = region(member + ".region", placement, regions);
      if (checked.put(region.id(), endpoints.check(member + ".endpoint", placement.endpoint()))
          != null) {
        throw ApiException.invalidRequest(member, "The region " + region.id() + " is there twice.");
      }
    }
    return checked;
  }

  private static Region region(
      String member, LaunchRequest.Placement placement, Collection<Region> regions) {
    String id = new TextMember(member, placement.region()).required(63);
    Region region =
        regions.stream()
            .filter(known -> known.id().value().equals(id))
            .findAny()
            .orElseThrow(
                () ->
                    ApiException.invalidRequest(
                        member, "There is no region " + id + "; GET /api/regions lists them."));
    if (region.draining()) {
      throw ApiException.invalidRequest(
          member, "The region " + id + " is draining and takes no new instances.");
    }
    return switch (region.runtime()) {
      case EXTERNAL -> region;
      case KUBERNETES ->
          throw ApiException.invalidRequest(
              member, "This version launches in regions of the runtime external only.");
    };
  }
}
