package com.ecohash.ecolink.console;

import com.ecohash.ecolink.web.ErrorMapper;
import com.ecohash.ecolink.web.JsonBodies;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The management API. Its classes are listed, so that no server has to search for them. */
@ApplicationPath("/api")
public class ManagementApplication extends Application {
  /** Made by CDI, each once; RESTEasy would want constructors without parameters. */
  @Override
  @SuppressWarnings("deprecation") // there is no other way to name instances
  public Set<Object> getSingletons() {
    return Stream.of(
            AccountResource.class,
            RegionAdminResource.class,
            PriceResource.class,
            KeyResource.class,
            InstanceResource.class,
            RegionResource.class,
            UsageResource.class,
            BillingResource.class,
            CallerFilter.class,
            OperatorFilter.class,
            JsonBodies.class,
            ErrorMapper.class)
        .map(resource -> CDI.current().select(resource).get())
        .collect(Collectors.toSet());
  }
}
