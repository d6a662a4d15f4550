package com.ecohash.ecolink.container;

import java.util.Map;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Arquillian's adapter for Jetty, which is the real thing: deploying starts {@code java -jar} with
 * the archive that was built, undeploying sends SIGTERM. It cannot run tests inside the server.
 */
public final class JettyContainer implements DeployableContainer<JettyContainer.Configuration> {

  /** How Arquillian finds the adapter, by a file that only Jetty's test run has. */
  public static final class Extension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
      builder.service(DeployableContainer.class, JettyContainer.class);
    }
  }

  /** Nothing: the process is configured by the environment, as in production. */
  public static final class Configuration implements ContainerConfiguration {
    @Override
    public void validate() {}
  }

  private @Nullable GatewayProcess process;

  @Override
  public Class<Configuration> getConfigurationClass() {
    return Configuration.class;
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Local");
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) {
    GatewayProcess started = GatewayProcess.start(Map.of());
    process = started;
    var base = started.gateway().base();
    HTTPContext context = new HTTPContext(base.getHost(), base.getPort());
    context.add(new Servlet("default", "/"));
    return new ProtocolMetaData().addContext(context);
  }

  @Override
  public void undeploy(Archive<?> archive) {
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
