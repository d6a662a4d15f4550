package com.ecohash.ecolink.media;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** About what an object of this room takes of the heap with all that it holds, from above. */
final class HeldBytes {
  private static final String ROOM = HeldBytes.class.getPackageName();
  private static final int OBJECT_BYTES = 24;
  private static final int FIELD_BYTES = 8;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private HeldBytes() {}

  static long of(Object root) {
    try {
      return new HeldBytes().count(root);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(@Nullable Object object) throws IllegalAccessException {
    if (object == null || object instanceof Enum<?> || !seen.add(object)) {
      return 0;
    }
    if (object.getClass().isArray()) {
      return OBJECT_BYTES + (long) Array.getLength(object) * elementBytes(object);
    }
    long bytes = OBJECT_BYTES;
    if (object instanceof Collection<?> elements) {
      for (Object element : elements) {
        bytes += 2 * FIELD_BYTES + count(element);
      }
    } else if (object.getClass().getPackageName().equals(ROOM)) {
      bytes += fields(object);
    }
    return bytes;
  }

  private long fields(Object object) throws IllegalAccessException {
    long bytes = 0;
    for (Field field : object.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        bytes += FIELD_BYTES;
        bytes += field.getType().isPrimitive() ? 0 : count(field.get(object));
      }
    }
    return bytes;
  }

  private static int elementBytes(Object array) {
    return array instanceof byte[] ? 1 : FIELD_BYTES;
  }
}
