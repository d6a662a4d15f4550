package com.ecohash.ecolink.web;

import com.ecohash.ecolink.money.Money;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/**
 * The product's dialect of JSON: {@code snake_case}, RFC 3339 times, money as decimal strings.
 * Reading is strict: nothing unknown, nothing twice, nothing converted, nothing after the end.
 */
public final class Json {
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /** Thread-safe; not to be configured further. */
  static ObjectMapper dialect() {
    return MAPPER;
  }

  /** Whether values of this type are read by our own reader of texts. */
  static boolean readsFromText(Class<?> type) {
    return type == Money.class || type == String.class || type == Instant.class;
  }

  /** The value, whose members are plain values and records, as UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new IllegalStateException("a view that is no JSON: " + value.getClass(), e);
    }
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .addModules(new Jdk8Module(), new JavaTimeModule(), values())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        // A blank text would else pass for a number or a boolean that is left out.
        .withCoercionConfigDefaults(coercion -> coercion.setAcceptBlankAsEmpty(false))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
        .build();
  }

  private static SimpleModule values() {
    return new SimpleModule()
        .addSerializer(Money.class, ToStringSerializer.instance)
        .addDeserializer(Money.class, new FromText<>(Money.class, Money::parse))
        .addDeserializer(String.class, new FromText<>(String.class, Function.identity()))
        .addDeserializer(Instant.class, new FromText<>(Instant.class, WireTime::parse));
  }

  /** Reads a value out of a JSON string, never out of a number or a boolean. */
  private static final class FromText<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parser;

    FromText(Class<T> type, Function<String, T> parser) {
      super(type);
      this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        return context.reportInputMismatch(this, "a string is expected");
      }
      try {
        return parser.apply(json.getText());
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }
  }
}
