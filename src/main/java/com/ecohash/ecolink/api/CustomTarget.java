package com.ecohash.ecolink.api;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.Grpc;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which instance a request of the custom path is for, and which path on it: by its address, or, of
 * a gRPC call at the root of the server, by the metadata {@value #INSTANCE_FIELD}.
 */
record CustomTarget(InstanceId instance, CustomPath path, Optional<String> query) {
  private static final String INSTANCE_FIELD = "x-ecolink-instance";
  private static final String SPACE = "/inference-instances";

  private static final String ID = "([1-9][0-9]{0,17})";
  private static final Pattern INSTANCE = Pattern.compile(ID);
  private static final Pattern ADDRESS = Pattern.compile(SPACE + "/" + ID + "/proxy(/.*|)");

  /** Whether a request is one of the custom path's, good or bad. */
  static boolean isMeantBy(HttpServletRequest request) {
    return isBelow(request.getRequestURI()) || isGrpcAtRoot(request);
  }

  private static boolean isBelow(String address) {
    return address.startsWith(SPACE) && address.startsWith("/", SPACE.length());
  }

  /** Whether this is a gRPC call that says by its metadata whom it is for. */
  private static boolean isGrpcAtRoot(HttpServletRequest request) {
    return Grpc.isSpokenBy(request) && request.getHeader(INSTANCE_FIELD) != null;
  }

  /**
   * @throws ApiException 404 if this is no address of an instance, 400 if it could be read in two
   *     ways
   */
  static CustomTarget of(HttpServletRequest request) {
    CustomPath address = CustomPath.of(request.getRequestURI());
    Optional<String> query = Optional.ofNullable(request.getQueryString());
    if (!isBelow(address.raw())) {
      Matcher id = INSTANCE.matcher(request.getHeader(INSTANCE_FIELD));
      return new CustomTarget(found(id), address, query);
    }
    Matcher matcher = ADDRESS.matcher(address.raw());
    InstanceId instance = found(matcher);
    String path = matcher.group(2);
    return new CustomTarget(instance, new CustomPath(path.isEmpty() ? "/" : path), query);
  }

  private static InstanceId found(Matcher id) {
    if (!id.matches()) {
      throw new ApiException(
          ErrorType.NOT_FOUND,
          "There is no instance at this address. Write /inference-instances/<id>/proxy/<path>, or"
              + " send the metadata x-ecolink-instance: <id> with a gRPC call.");
    }
    return new InstanceId(Long.parseLong(id.group(1)));
  }

  /** Path and query, byte for byte as the client wrote them. */
  String onContainer() {
    return path.raw() + query.map(text -> "?" + text).orElse("");
  }
}
