package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.openai.ApiException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A table to be downloaded: read page by page and sent as it is read, so that its length costs no
 * memory.
 */
final class CsvFile {
  static final String TYPE = "text/csv;charset=utf-8";
  private static final int PAGE = 1_000;

  private CsvFile() {}

  static Response of(String name, Consumer<Csv> table) {
    StreamingOutput body =
        stream -> {
          BufferedWriter out =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          try {
            table.accept(new Csv(out));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
          out.flush();
        };
    return Response.ok(body, TYPE)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  /**
   * @throws ApiException 400 if there are more rows than a file may have
   */
  static void requireAtMost(BillingSettings settings, long rows) {
    if (rows > settings.csvRowsMax()) {
      throw ApiException.invalidRequest(
          "These are more than "
              + settings.csvRowsMax()
              + " rows, which a file here may have ("
              + settings.csvRowsMaxKey()
              + "). Narrow them down by from and to.");
    }
  }

  /**
   * Everything there is, read in pages.
   *
   * @param read reads a page of so many that come after a position
   */
  static <T, P> Iterator<T> pages(
      BiFunction<Optional<P>, Integer, List<T>> read, Function<T, P> position) {
    return new Iterator<>() {
      private Iterator<T> page = List.<T>of().iterator();
      private Optional<P> last = Optional.empty();
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (!page.hasNext() && !ended) {
          List<T> next = read.apply(last, PAGE);
          ended = next.size() < PAGE;
          page = next.iterator();
        }
        return page.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        T item = page.next();
        last = Optional.of(position.apply(item));
        return item;
      }
    };
  }
}
