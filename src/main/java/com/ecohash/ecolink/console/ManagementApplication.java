package com.ecohash.ecolink.console;

import com.ecohash.ecolink.console.bill.BillingResource;
import com.ecohash.ecolink.console.bill.CreditResource;
import com.ecohash.ecolink.console.bill.GpuTimeResource;
import com.ecohash.ecolink.console.bill.GpuTypeResource;
import com.ecohash.ecolink.console.bill.PriceResource;
import com.ecohash.ecolink.console.bill.ReconciliationResource;
import com.ecohash.ecolink.console.bill.UsageCsvResource;
import com.ecohash.ecolink.console.bill.UsageResource;
import com.ecohash.ecolink.console.instances.CheckResource;
import com.ecohash.ecolink.console.instances.InstanceResource;
import com.ecohash.ecolink.console.instances.ModelResource;
import com.ecohash.ecolink.console.instances.RegionAdminResource;
import com.ecohash.ecolink.console.instances.RegionResource;
import com.ecohash.ecolink.console.people.AccountResource;
import com.ecohash.ecolink.console.people.AuditResource;
import com.ecohash.ecolink.console.people.InvitationResource;
import com.ecohash.ecolink.console.people.JoinResource;
import com.ecohash.ecolink.console.people.KeyResource;
import com.ecohash.ecolink.console.people.OidcResource;
import com.ecohash.ecolink.console.people.PasswordResource;
import com.ecohash.ecolink.console.people.PlaygroundKeyResource;
import com.ecohash.ecolink.console.people.SessionResource;
import com.ecohash.ecolink.console.people.SignInMethodsResource;
import com.ecohash.ecolink.console.people.UserResource;
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
