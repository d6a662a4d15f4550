package com.ecohash.ecolink.console;

import com.ecohash.ecolink.web.CdiSingletons;
import com.ecohash.ecolink.web.ErrorMapper;
import com.ecohash.ecolink.web.JsonBodies;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The management API. Its classes are listed, so that no server has to search for them. */
@ApplicationPath("/api")
public class ManagementApplication extends Application {
  /** Resources and providers. */
  private static final Class<?>[] TYPES = {
    AccountResource.class,
    RegionAdminResource.class,
    PriceResource.class,
    KeyResource.class,
    InstanceResource.class,
    CheckResource.class,
    ModelResource.class,
    GpuTypeResource.class,
    RegionResource.class,
    UsageResource.class,
    UsageCsvResource.class,
    GpuTimeResource.class,
    BillingResource.class,
    CreditResource.class,
    ReconciliationResource.class,
    SessionResource.class,
    SignInMethodsResource.class,
    PlaygroundKeyResource.class,
    OidcResource.class,
    PasswordResource.class,
    UserResource.class,
    InvitationResource.class,
    JoinResource.class,
    AuditResource.class,
    CallerFeature.class,
    AuditFeature.class,
    OperatorFilter.class,
    OwnerFilter.class,
    OwnerInPersonFilter.class,
    ResponseHeaders.class,
    JsonBodies.class,
    ErrorMapper.class
  };

  /** The resources: what the document of the API describes. */
  public static List<Class<?>> resources() {
    return Stream.of(TYPES).filter(type -> type.isAnnotationPresent(Path.class)).toList();
  }

  @Override
  @SuppressWarnings("deprecation") // there is no other way to name instances
  public Set<Object> getSingletons() {
    return CdiSingletons.of(TYPES);
  }
}
