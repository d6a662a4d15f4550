package com.ecohash.ecolink.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A protobuf message without its schema: fields by their numbers. */
final class Protobuf {
  private final Map<Integer, List<byte[]>> messages = new HashMap<>();
  private final Map<Integer, Long> numbers = new HashMap<>();

  Protobuf(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      int field = tag >>> 3;
      switch (tag & 7) {
        case 0 -> numbers.put(field, varint(in));
        case 1 -> numbers.put(field, in.getLong());
        case 5 -> numbers.put(field, (long) in.getInt());
        case 2 -> {
          byte[] piece = new byte[(int) varint(in)];
          in.get(piece);
          messages.computeIfAbsent(field, unknown -> new ArrayList<>()).add(piece);
        }
        default -> throw new IllegalArgumentException("a wire type nobody uses: " + tag);
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  List<Protobuf> messages(int field) {
    return messages.getOrDefault(field, List.of()).stream().map(Protobuf::new).toList();
  }

  /** Empty if the field is not there. */
  byte[] bytes(int field) {
    return messages.getOrDefault(field, List.of(new byte[0])).get(0);
  }

  /** 0 if the field is not there, as protobuf has it. */
  long number(int field) {
    return numbers.getOrDefault(field, 0L);
  }
}
