package com.ecohash.ecolink.api;

import com.ecohash.ecolink.web.CdiSingletons;
import com.ecohash.ecolink.web.ErrorMapper;
import com.ecohash.ecolink.web.JsonBodies;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The unified API as JAX-RS sees it. */
@ApplicationPath("/v1")
public class DataPlaneApplication extends Application {
  @Override
  @SuppressWarnings("deprecation") // there is no other way to name instances
  public Set<Object> getSingletons() {
    return CdiSingletons.of(
        UnifiedResource.class,
        VideoJobResource.class,
        ModelsResource.class,
        ReceiptResource.class,
        JsonBodies.class,
        ErrorMapper.class);
  }
}
