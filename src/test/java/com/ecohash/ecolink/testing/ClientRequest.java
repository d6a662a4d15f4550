package com.ecohash.ecolink.testing;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A client's request as a servlet container would show it: what the gateway looks at, no more. */
public final class ClientRequest {
  private final List<String[]> fields = new ArrayList<>();
  private final String address;

  private ClientRequest(String address) {
    this.address = address;
  }

  public static ClientRequest from(String address) {
    return new ClientRequest(address).with("Host", "gateway.example.com");
  }

  public ClientRequest with(String name, String value) {
    fields.add(new String[] {name, value});
    return this;
  }

  public HttpServletRequest servlet() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getMethod" -> "POST";
                  case "getRequestURI" -> "/v1/chat/completions";
                  case "getScheme" -> "http";
                  case "isSecure" -> false;
                  case "getServerName" -> "gateway.example.com";
                  case "getServerPort" -> 8080;
                  case "getProtocol" -> "HTTP/1.1";
                  case "getRemoteAddr" -> address;
                  case "getHeaderNames" ->
                      Collections.enumeration(
                          fields.stream().map(field -> field[0]).distinct().toList());
                  case "getHeaders" -> Collections.enumeration(values((String) arguments[0]));
                  case "getHeader" -> first((String) arguments[0]).orElse(null);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Optional<String> first(String name) {
    return values(name).stream().findFirst();
  }

  private List<String> values(String name) {
    return fields.stream()
        .filter(field -> field[0].equalsIgnoreCase(name))
        .map(field -> field[1])
        .toList();
  }
}
