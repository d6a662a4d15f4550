package com.ecohash.ecolink.api;

import com.ecohash.ecolink.web.ErrorMapper;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The custom path as JAX-RS sees it; the instance and its path lie below. */
@ApplicationPath(CustomTarget.SPACE)
public class CustomApplication extends Application {
  /** The resources as CDI made them; see {@link DataPlaneApplication}. */
  @Override
  @SuppressWarnings("deprecation") // there is no other way to name instances
  public Set<Object> getSingletons() {
    return Stream.of(CustomResource.class, EveryRequest.class, ErrorMapper.class)
        .map(resource -> CDI.current().select(resource).get())
        .collect(Collectors.toSet());
  }
}
