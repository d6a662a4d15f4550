package com.ecohash.ecolink.api;

import com.ecohash.ecolink.web.ErrorMapper;
import com.ecohash.ecolink.web.JsonBodies;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The unified API as JAX-RS sees it. */
@ApplicationPath("/v1")
public class DataPlaneApplication extends Application {
  /**
   * The resources as CDI made them. RESTEasy would otherwise ask CDI anew for each request, and
   * wants a constructor without parameters even then.
   */
  @Override
  @SuppressWarnings("deprecation") // there is no other way to name instances
  public Set<Object> getSingletons() {
    return Stream.of(
            UnifiedResource.class,
            VideoJobResource.class,
            ModelsResource.class,
            ReceiptResource.class,
            JsonBodies.class,
            ErrorMapper.class)
        .map(resource -> CDI.current().select(resource).get())
        .collect(Collectors.toSet());
  }
}
