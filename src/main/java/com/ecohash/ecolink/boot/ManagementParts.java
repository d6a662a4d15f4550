package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.access.Accounts;
import com.ecohash.ecolink.access.Keys;
import com.ecohash.ecolink.access.OperatorKey;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.Prices;
import com.ecohash.ecolink.conformance.CheckReports;
import com.ecohash.ecolink.conformance.ContainerCheck;
import com.ecohash.ecolink.console.instances.ReplicaHealth;
import com.ecohash.ecolink.fleet.InstanceLife;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.instances.Regions;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.persistence.JpaAccounts;
import com.ecohash.ecolink.persistence.JpaCheckReports;
import com.ecohash.ecolink.persistence.JpaInstances;
import com.ecohash.ecolink.persistence.JpaKeys;
import com.ecohash.ecolink.persistence.JpaLedger;
import com.ecohash.ecolink.persistence.JpaPrices;
import com.ecohash.ecolink.persistence.JpaRegions;
import com.ecohash.ecolink.persistence.JpaUsageQueries;
import com.ecohash.ecolink.secrets.SealedTexts;
import com.ecohash.ecolink.web.JsonLimits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** Hands the gateway's parts to the management API. */
@Singleton
public class ManagementParts {
  private final Gateway gateway;

  @Inject
  ManagementParts(GatewayStart start) {
    this.gateway = start.gateway();
  }

  @Produces
  @Singleton
  Accounts accounts(Clock clock) {
    return new JpaAccounts(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Keys keys(Clock clock) {
    return new JpaKeys(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Instances instances(Clock clock) {
    return new JpaInstances(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Regions regions(Clock clock) {
    return new JpaRegions(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Prices prices(Clock clock) {
    return new JpaPrices(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Ledger ledger(Clock clock) {
    return new JpaLedger(gateway.database(), clock);
  }

  @Produces
  @Singleton
  UsageQueries usage() {
    return new JpaUsageQueries(gateway.database());
  }

  @Produces
  @Singleton
  OperatorKey operatorKey() {
    return gateway.operatorKey();
  }

  @Produces
  @Singleton
  EndpointAllowList allowedEndpoints() {
    return gateway.allowedEndpoints();
  }

  @Produces
  @Singleton
  PasswordHasher passwords() {
    return new PasswordHasher();
  }

  @Produces
  @Singleton
  JsonLimits jsonLimits() {
    Setting setting = Setting.MANAGEMENT_BODY;
    return new JsonLimits((int) gateway.configuration().bytes(setting, 1, 1 << 30), setting.key());
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  ReplicaHealth health() {
    return new BoardedHealth(gateway.board());
  }

  @Produces
  @Singleton
  InstanceLife life() {
    return gateway.life();
  }

  @Produces
  @Singleton
  ContainerCheck containerCheck() {
    return gateway.containerCheck();
  }

  @Produces
  @Singleton
  CheckReports checkReports() {
    return new JpaCheckReports(gateway.database());
  }

  @Produces
  @Singleton
  SealedTexts secrets() {
    return gateway.secrets();
  }
}
