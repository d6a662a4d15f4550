package com.ecohash.ecolink.openai;

import com.ecohash.ecolink.openai.DelimiterSearch.LineStart;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/form-data} request (RFC 7578) as it arrives: which model, streamed or
 * not, and where an edit would go. It keeps nothing of the file, whose bytes it hands on, and
 * refuses with an {@link ApiException} what two readers could understand differently. One request,
 * one thread at a time.
 */
public final class FormScan {
  private enum Place {
    BEFORE_PARTS,
    DELIMITER,
    HEADER,
    CONTENT,
    AFTER_PARTS
  }

  private final FormType type;
  private final String dashBoundary;
  private final DelimiterSearch search;
  private final DelimiterEnd delimiterEnd = new DelimiterEnd();
  private final PartHeaderBlock header;
  private final FormMargin preamble;
  private final FormMargin epilogue;
  private final FormParts parts;

  private Place place = Place.BEFORE_PARTS;

  /** Where the delimiter that is read was found; the content that it may end, or none yet. */
  private Place found = Place.BEFORE_PARTS;

  private long delimiterAt;
  private int partNumber;
  private long fedBytes;
  private @Nullable ApiException refusal;

  private FormScan(FormType type, FormLimits limits, FilePartListener listener) {
    this.type = type;
    this.dashBoundary = "--" + type.boundary();
    this.search = new DelimiterSearch(type.boundary());
    this.header = new PartHeaderBlock(limits.partHeaderBytesMax());
    this.preamble = new FormMargin(limits.partHeaderBytesMax());
    this.epilogue = new FormMargin(limits.partHeaderBytesMax());
    this.parts = new FormParts(limits, listener);
  }

  /**
   * @param contentType of the request, null if it has none
   * @throws ApiException 415 if that is no form, 400 if it names no boundary, or not in a way that
   *     all readers understand
   */
  public static FormScan of(
      @Nullable String contentType, FormLimits limits, FilePartListener listener) {
    return new FormScan(FormType.of(contentType), limits, listener);
  }

  /** Takes the next piece; false once the form is refused, when {@link #finish} may be called. */
  public boolean feed(byte[] b, int off, int len) {
    if (refusal != null) {
      return false;
    }
    int end = off + len;
    try {
      for (int at = off; at < end; ) {
        at = step(b, at, end, fedBytes - off);
      }
    } catch (ApiException refused) {
      refusal = refused;
      return false;
    }
    fedBytes += len;
    return true;
  }

  /**
   * The whole body was fed.
   *
   * @throws ApiException if it is broken or cut short, or says twice or not at all what must be
   *     said once
   */
  public ScannedForm finish() {
    if (refusal != null) {
      throw refusal;
    }
    refuseCutShort();
    if (!epilogue.beginsBlank() || epilogue.contains(dashBoundary)) {
      throw broken("goes on after its last boundary");
    }
    return ScannedForm.of(parts, type.charset(), fedBytes);
  }

  private int step(byte[] b, int at, int end, long base) {
    return switch (place) {
      case BEFORE_PARTS -> search(b, at, end, base, preamble::add);
      case CONTENT -> search(b, at, end, base, parts::content);
      case DELIMITER -> delimiter(b, at, end);
      case HEADER -> header(b, at, end, base);
      case AFTER_PARTS -> {
        epilogue.add(b, at, end - at);
        yield end;
      }
    };
  }

  private int search(byte[] b, int at, int end, long base, FilePartListener content) {
    int after = search.find(b, at, end, content);
    if (after == DelimiterSearch.NOT_YET) {
      return end;
    }
    delimiterAt = base + after - dashBoundary.length();
    found = place;
    place = Place.DELIMITER;
    delimiterEnd.begin(found == Place.BEFORE_PARTS);
    return after;
  }

  private int delimiter(byte[] b, int from, int end) {
    for (int at = from; at < end; at++) {
      switch (delimiterEnd.next(b[at])) {
        case NOT_YET -> {}
        case OTHER -> {
          passOther();
          return at;
        }
        case DISPUTED ->
            throw broken("has a boundary that is not alone on its line, ended by CRLF");
        case PART -> {
          refuseDisputedStart();
          beginPart();
          return at + 1;
        }
        case LAST -> {
          refuseDisputedStart();
          refuseBoundaryInPreamble();
          place = Place.AFTER_PARTS;
          return at + 1;
        }
      }
    }
    return end;
  }

  /** A line that begins like a delimiter, and goes on. */
  private void passOther() {
    place = found;
    FilePartListener content = found == Place.CONTENT ? parts::content : preamble::add;
    search.pass(content);
    if (delimiterEnd.sawHyphen()) {
      content.fileBytes(new byte[] {'-'}, 0, 1);
    }
  }

  /** Readers that take LF or CR for a line's end find a delimiter where others find content. */
  private void refuseDisputedStart() {
    boolean atFirst = search.start() == LineStart.FIRST && found == Place.BEFORE_PARTS;
    if (search.start() != LineStart.CRLF && !atFirst) {
      throw broken("has a boundary that does not follow a CRLF");
    }
  }

  private void refuseBoundaryInPreamble() {
    if (preamble.contains(dashBoundary)) {
      throw broken("has its boundary in the text before the first part");
    }
  }

  private void beginPart() {
    refuseBoundaryInPreamble();
    partNumber = parts.begin();
    header.begin(
        "the header of part " + partNumber + " (its boundary is at byte " + delimiterAt + ")");
    place = Place.HEADER;
  }

  private int header(byte[] b, int at, int end, long base) {
    int after = header.read(b, at, end);
    if (after == PartHeaderBlock.NOT_YET) {
      return end;
    }
    parts.begin(header.parse(dashBoundary), base + after);
    search.begin();
    place = Place.CONTENT;
    return after;
  }

  private void refuseCutShort() {
    switch (place) {
      case AFTER_PARTS -> {}
      case BEFORE_PARTS ->
          throw ApiException.invalidRequest(
              fedBytes == 0
                  ? "The request body is empty; send a form."
                  : "The form has no part: no line of it is `" + dashBoundary + "`.");
      case DELIMITER -> throw cutShort("a boundary");
      case HEADER -> throw cutShort("the header of part " + partNumber);
      case CONTENT -> throw cutShort("part " + partNumber + ", before `" + dashBoundary + "--`");
    }
  }

  private ApiException cutShort(String where) {
    return ApiException.invalidRequest(
        "The body ends at byte " + fedBytes + " in " + where + "; send all of it.");
  }

  private ApiException broken(String what) {
    return ApiException.invalidRequest(
        "The form is broken: it " + what + " (at byte " + delimiterAt + ").");
  }
}
