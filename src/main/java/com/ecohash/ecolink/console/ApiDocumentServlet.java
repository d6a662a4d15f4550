package com.ecohash.ecolink.console;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi}: the document of the API that the build made, as JSON, or as YAML for those who
 * ask for that. Holds no secret, and asks for no key.
 */
@WebServlet("/openapi")
public final class ApiDocumentServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "/api-document/";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean yaml = wantsYaml(request.getHeader("Accept"));
    byte[] document = read(yaml ? "openapi.yaml" : "openapi.json");
    response.setContentType(yaml ? "application/yaml" : "application/json");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Vary", "Accept");
    response.setContentLength(document.length);
    response.getOutputStream().write(document);
  }

  private static boolean wantsYaml(@Nullable String accept) {
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("yaml");
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream document = ApiDocumentServlet.class.getResourceAsStream(FOLDER + name)) {
      if (document == null) {
        throw new IOException("the build made no " + name);
      }
      return document.readAllBytes();
    }
  }
}
