package com.ecohash.ecolink.persistence;

import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code where} of a query whose conditions depend on what was asked. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /** Adds a condition and its parameter. */
  Conditions and(String condition, String parameter, Object value) {
    conditions.add(condition);
    parameters.put(parameter, value);
    return this;
  }

  /** Adds a condition if there is a value for its parameter. */
  Conditions and(String condition, String parameter, Optional<?> value) {
    value.ifPresent(present -> and(condition, parameter, present));
    return this;
  }

  /** Adds a condition that has no parameter. */
  Conditions and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Adds that the member has one of these values, if there are any. */
  Conditions andOneOf(String member, List<String> values) {
    return values.isEmpty() ? this : and(member + " in :" + member, member, values);
  }

  <T> TypedQuery<T> bind(TypedQuery<T> query) {
    parameters.forEach(query::setParameter);
    return query;
  }

  @Override
  public String toString() {
    return " where " + String.join(" and ", conditions);
  }
}
