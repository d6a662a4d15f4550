package com.ecohash.ecolink.web;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reads and writes records as JSON bodies. It takes records only, so that the same code is at work
 * whatever JSON providers the server brings along.
 */
@Provider
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JsonBodies implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
  private final JsonLimits limits;

  @Inject
  public JsonBodies(JsonLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return read(type, body.readNBytes(limits.bodyBytesMax() + 1));
  }

  /**
   * @throws ApiException if the body is too large, no JSON, or not of this type
   */
  <T> T read(Class<T> type, byte[] body) throws IOException {
    if (body.length > limits.bodyBytesMax()) {
      throw new ApiException(
          ErrorType.REQUEST_TOO_LARGE,
          "A body here has at most " + limits.bodyBytesMax() + " bytes (" + limits.key() + ").");
    }
    try {
      T value = Json.dialect().readValue(body, type);
      if (value == null) {
        throw ApiException.invalidRequest("The body has to be a JSON object.");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw JsonFaults.explain(e);
    }
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream body)
      throws IOException {
    body.write(Json.bytes(value));
  }
}
