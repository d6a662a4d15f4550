package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@link FormScan} should make of a form, told a second time: the whole form at once, as text
 * of a character a byte, by regular expressions, without regard to cost or messages.
 */
final class FormReference {
  /** What can be seen of a form that is taken. */
  record Read(
      String model,
      long modelStart,
      long modelBytes,
      Optional<String> stream,
      Optional<String> responseFormat,
      String fileContent,
      Optional<String> filename,
      Optional<String> fileType) {}

  private record Part(Map<String, String> header, Map<String, String> parameters, int contentAt) {
    String name() {
      return decode(unescape(parameters.getOrDefault("name", ""))).orElseThrow(Refused::new);
    }

    boolean isFile() {
      return parameters.keySet().stream().anyMatch(p -> p.matches("filename(\\*.*)?"));
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G;[ \\t]*(?:(" + TOKEN + ")=(\"(?:[^\"\\\\]|\\\\.)*\"|[^ \\t;\"]+)[ \\t]*)?(?=;|\\z)");
  private static final List<String> WATCHED = List.of("model", "stream", "response_format");

  private final String contentType;
  private final String body;
  private final FormLimits limits;
  private final Map<Part, String> contents = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  private FormReference(String contentType, byte[] body, FormLimits limits) {
    this.contentType = contentType;
    this.body = new String(body, ISO_8859_1);
    this.limits = limits;
  }

  /** Empty if the form is to be refused. */
  static Optional<Read> read(String contentType, byte[] body, FormLimits limits) {
    try {
      return Optional.of(new FormReference(contentType, body, limits).read());
    } catch (Refused refused) {
      return Optional.empty();
    }
  }

  private Read read() {
    Map<String, String> type = parameters(contentType, "multipart/form-data");
    String boundary = type.getOrDefault("boundary", "");
    check(boundary.matches("[0-9A-Za-z'()+_,./:=? -]{1,70}") && !boundary.endsWith(" "));
    check(type.keySet().stream().noneMatch(name -> name.startsWith("boundary*")));
    type.forEach(
        (name, value) ->
            check(name.equals("boundary") || !value.matches("(?is).*boundary\\s*[*=].*")));
    split("--" + boundary);
    check(parts.size() <= limits.partsMax());
    parts.forEach(this::checkPart);
    Optional<String> charset =
        Optional.ofNullable(type.get("charset")).map(FormReference::unescape);
    Part model = named("model").orElseThrow(Refused::new);
    String value = value("model", charset).orElseThrow(Refused::new);
    check(!value.isEmpty() && value.chars().noneMatch(Character::isISOControl));
    Optional<Part> file = named("file");
    return new Read(
        value,
        model.contentAt(),
        content(model).length(),
        value("stream", charset),
        value("response_format", charset),
        file.map(this::content).orElse(""),
        file.map(f -> f.parameters().get("filename"))
            .map(raw -> new String(unescape(raw).getBytes(ISO_8859_1), UTF_8)),
        file.map(f -> f.header().get("content-type")));
  }

  private void split(String dashBoundary) {
    String text = Pattern.quote(dashBoundary);
    Matcher first =
        Pattern.compile("(\\A|\\r\\n|\\r|\\n)" + text + "(--|[ \\t]*\\r\\n|[ \\t\\r\\n])")
            .matcher(body);
    Pattern next = Pattern.compile("(\\r\\n|\\r|\\n)" + text + "(--|\\r\\n|[ \\t\\r\\n])");
    check(first.find() && !first.group(1).matches("[\\r\\n]"));
    checkMargin(body.substring(0, first.start()), dashBoundary);
    Matcher at = first;
    while (at.group(2).endsWith("\r\n")) {
      int headerAt = at.end();
      int blank = body.indexOf("\r\n\r\n", headerAt);
      check(blank >= 0 || body.startsWith("\r\n", headerAt));
      int contentAt = body.startsWith("\r\n", headerAt) ? headerAt + 2 : blank + 4;
      Part part = part(body.substring(headerAt, contentAt), contentAt, dashBoundary);
      String start = body.substring(contentAt);
      check(!start.matches("(?s)" + text + "(--|[ \\t\\r\\n]).*"));
      at = next.matcher(body);
      check(at.find(contentAt) && at.group(1).equals("\r\n"));
      parts.add(part);
      contents.put(part, body.substring(contentAt, at.start()));
    }
    check(at.group(2).equals("--"));
    String epilogue = body.substring(at.end());
    check(epilogue.matches("(?s)([ \\t\\r\\n].*)?"));
    checkMargin(epilogue, dashBoundary);
  }

  private void checkMargin(String margin, String dashBoundary) {
    check(margin.length() <= limits.partHeaderBytesMax() && !margin.contains(dashBoundary));
  }

  private Part part(String block, int contentAt, String dashBoundary) {
    check(block.length() <= limits.partHeaderBytesMax());
    check(block.matches("(?:[^\\x00-\\x1f\\x7f]|\\t|\\r\\n)*"));
    check(!("\r\n" + block).contains("\r\n" + dashBoundary));
    Map<String, String> header = new HashMap<>();
    for (String line : block.split("\\r\\n(?![ \\t])")) {
      int colon = line.indexOf(':');
      check(colon > 0 || line.isEmpty());
      String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
      if (name.strip().matches("content-(disposition|type|transfer-encoding)")) {
        String value = line.substring(colon + 1);
        check(name.equals(name.strip()));
        check(!name.endsWith("disposition") || !value.contains("\n"));
        check(header.put(name, value.replace("\r\n", "").strip()) == null);
      }
    }
    String disposition = header.getOrDefault("content-disposition", "");
    return new Part(header, parameters(disposition, "form-data"), contentAt);
  }

  private void checkPart(Part part) {
    part.parameters()
        .forEach(
            (name, value) -> {
              check(!name.startsWith("name*"));
              check(!value.matches("(?is).*;\\s*(file)?name\\s*[*=].*"));
            });
    check(part.parameters().containsKey("name") && !part.name().contains("=?"));
    check(!part.name().matches("(?s)[\\x00-\\x20].*|.*[\\x00-\\x20]"));
    boolean watched = WATCHED.contains(part.name());
    if (watched || part.name().equals("file")) {
      check(!part.parameters().getOrDefault("name", "").contains("\\"));
      check(
          part.header()
              .getOrDefault("content-transfer-encoding", "binary")
              .matches("(?i)7bit|8bit|binary"));
      check(parts.stream().filter(other -> other.name().equals(part.name())).count() == 1);
    }
    check(!watched || (!part.isFile() && content(part).length() <= 4096));
    check(
        part.isFile()
            || part.name().equals("file")
            || watched
            || content(part).length() <= limits.fieldBytesMax());
  }

  private Optional<Part> named(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }

  private String content(Part part) {
    return contents.getOrDefault(part, "");
  }

  private Optional<String> value(String name, Optional<String> formCharset) {
    Optional<Part> part = named(name);
    part.ifPresent(
        p -> {
          Optional<String> type = Optional.ofNullable(p.header().get("content-type"));
          type.map(t -> parameters(t, ".*").get("charset"))
              .map(FormReference::unescape)
              .ifPresent(charset -> check(agrees(charset, content(p))));
          formCharset.ifPresent(charset -> check(agrees(charset, content(p))));
        });
    return part.map(p -> decode(content(p)).orElseThrow(Refused::new));
  }

  private static boolean agrees(String charset, String bytes) {
    try {
      String read = new String(bytes.getBytes(ISO_8859_1), Charset.forName(charset));
      return decode(bytes).filter(read::equals).isPresent();
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private static Map<String, String> parameters(String text, String value) {
    int semicolon = text.indexOf(';');
    String first = semicolon < 0 ? text : text.substring(0, semicolon);
    check(first.strip().matches("(?is)" + value));
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text).region(first.length(), text.length());
    int end = first.length();
    while (matcher.find()) {
      end = matcher.end();
      String name = matcher.group(1);
      if (name != null) {
        String raw = matcher.group(2);
        String content = raw.startsWith("\"") ? raw.substring(1, raw.length() - 1) : raw;
        check(parameters.put(name.toLowerCase(Locale.ROOT), content) == null);
      }
    }
    check(end == text.length());
    return parameters;
  }

  private static String unescape(String raw) {
    return raw.replaceAll("(?s)\\\\(.)", "$1");
  }

  private static Optional<String> decode(String bytes) {
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1))).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static void check(boolean allowed) {
    if (!allowed) {
      throw new Refused();
    }
  }
}
