package com.ecohash.ecolink.web;

import com.ecohash.ecolink.openai.ApiException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in words what is wrong with a JSON body; never in the parser's own, which name classes. */
final class JsonFaults {
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '([^']{1,100})'");

  private JsonFaults() {}

  static ApiException explain(JsonProcessingException fault) {
    if (fault instanceof UnrecognizedPropertyException unknown) {
      return unknown(unknown);
    }
    if (fault instanceof MismatchedInputException mismatch) {
      return mismatch(mismatch);
    }
    String message = String.valueOf(fault.getOriginalMessage());
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return ApiException.invalidRequest(
          duplicate.group(1), "The member " + duplicate.group(1) + " is there twice.");
    }
    if (fault instanceof InputCoercionException) {
      return ApiException.invalidRequest("A number is too large" + place(fault) + ".");
    }
    return ApiException.invalidRequest("The body is not valid JSON" + place(fault) + ".");
  }

  private static ApiException unknown(UnrecognizedPropertyException fault) {
    Collection<Object> known = fault.getKnownPropertyIds();
    String names =
        known == null
            ? ""
            : known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    return ApiException.invalidRequest(
        path(fault), "There is no member " + path(fault) + "; known ones are " + names + ".");
  }

  private static ApiException mismatch(MismatchedInputException fault) {
    String path = path(fault);
    if (path.isEmpty()) {
      return ApiException.invalidRequest(
          "The body has to be one JSON object, with nothing after it.");
    }
    String reason =
        fault instanceof InvalidFormatException || !isOurs(fault)
            ? expected(fault.getTargetType())
            : fault.getOriginalMessage();
    return ApiException.invalidRequest(path, "The member " + path + " is wrong: " + reason + ".");
  }

  /** Our own deserializers complain in sentences. */
  private static boolean isOurs(MismatchedInputException fault) {
    Class<?> type = fault.getTargetType();
    return type != null && Json.readsFromText(type);
  }

  private static String expected(Class<?> type) {
    if (type == Boolean.class || type == boolean.class) {
      return "true or false is expected";
    }
    if (type != null && (Number.class.isAssignableFrom(type) || type.isPrimitive())) {
      return "a whole number is expected";
    }
    if (type != null && Collection.class.isAssignableFrom(type)) {
      return "a list is expected";
    }
    return type != null && type.isRecord() ? "an object is expected" : "another form is expected";
  }

  private static String path(JsonMappingException fault) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : fault.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String place(JsonProcessingException fault) {
    JsonLocation location = fault.getLocation();
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
