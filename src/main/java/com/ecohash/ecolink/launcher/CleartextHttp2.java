package com.ecohash.ecolink.launcher;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 without TLS: with prior knowledge, or by the switch that an HTTP/1.1 client offers (RFC
 * 7540, section 3.2). The offer is taken only with a request that has no body, as the body would
 * have to be read in full first. Jetty declines it with a known length alone; a body in chunks, as
 * Java's own client sends what has no length, it would lose.
 */
final class CleartextHttp2 extends HTTP2CServerConnectionFactory {
  CleartextHttp2(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public @Nullable Connection upgradeConnection(
      Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable answer) {
    return request.getHttpFields().contains(HttpHeader.TRANSFER_ENCODING)
        ? null
        : super.upgradeConnection(connector, endPoint, request, answer);
  }
}
