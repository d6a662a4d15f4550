package com.ecohash.ecolink.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's pages and modules, the same on every server: what is in the archive's folder {@code
 * app}, with a content security policy that lets nothing in from elsewhere. Every page is the one
 * document, which loads the module of the page's name; a page exists where its module does. Knows
 * nobody and answers everybody alike: what an account may see comes from {@code /api}.
 */
@WebServlet(
    name = "console",
    urlPatterns = {"", "/app/*"})
public final class ConsoleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final String FOLDER = "/app";
  private static final String FIRST_PAGE = FOLDER + "/instances";
  private static final String DOCUMENT = "/index.html";
  private static final Pattern PAGE = Pattern.compile("/[a-z-]+");
  private static final Pattern FILE =
      Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/[A-Za-z0-9_-]+(?:\\.[a-z]+)+");

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
              + " media-src blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
              + " form-action 'self'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Permissions-Policy",
          "microphone=(self), camera=(), geolocation=()",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Vary",
          "Accept-Encoding");

  private final transient Map<String, ConsoleFile> files = new ConcurrentHashMap<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getServletPath().equals(FOLDER) ? request.getPathInfo() : null;
    if (path == null || path.equals("/")) {
      response.setHeader("Cache-Control", "no-cache");
      response.sendRedirect(FIRST_PAGE);
      return;
    }
    Optional<ConsoleFile> file = find(path);
    if (file.isPresent()) {
      send(file.get(), path, request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private Optional<ConsoleFile> find(String path) throws IOException {
    if (PAGE.matcher(path).matches()) {
      return file("/js/pages" + path + ".js").isPresent() ? file(DOCUMENT) : Optional.empty();
    }
    return FILE.matcher(path).matches() ? file(path) : Optional.empty();
  }

  private Optional<ConsoleFile> file(String path) throws IOException {
    ConsoleFile known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    try (InputStream content = getServletContext().getResourceAsStream(FOLDER + path)) {
      if (content == null) {
        return Optional.empty();
      }
      ConsoleFile read = ConsoleFile.read(path, content);
      files.put(path, read);
      return Optional.of(read);
    }
  }

  private static void send(
      ConsoleFile file, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HEADERS.forEach(response::setHeader);
    response.setHeader("ETag", file.etag());
    // The folders of libraries have their version in their name; everything else is asked for
    // again.
    response.setHeader(
        "Cache-Control",
        path.startsWith("/lib/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (isKnown(request.getHeader("If-None-Match"), file.etag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    boolean gzip = takesGzip(request.getHeader("Accept-Encoding"));
    byte[] body = file.bytes(gzip);
    if (gzip) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentType(file.type());
    response.setContentLength(body.length);
    response.getOutputStream().write(body); // which the server leaves out in answer to HEAD
  }

  private static boolean isKnown(@Nullable String tags, String etag) {
    return tags != null && (tags.equals("*") || tags.contains(etag));
  }

  private static boolean takesGzip(@Nullable String encodings) {
    return encodings != null
        && encodings.contains("gzip")
        && !encodings.replace(" ", "").contains("gzip;q=0");
  }
}
