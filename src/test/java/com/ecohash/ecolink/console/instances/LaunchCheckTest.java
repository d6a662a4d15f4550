package com.ecohash.ecolink.console.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecohash.ecolink.console.TestingRequests;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.NameResolver;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.openai.ApiException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchCheckTest {
  private static final String PLACED =
      "'regions': [{'region': 'us-west', 'endpoint': 'http://127.0.0.1:8000/'}]";
  private static final AccountId ACCOUNT = new AccountId(1);

  private final LaunchCheck check =
      new LaunchCheck(
          new EndpointCheck(EndpointAllowList.parse("127.0.0.0/8", NameResolver.SYSTEM)));

  private Launch launch(String json) {
    return check.check(
        TestingRequests.read(LaunchRequest.class, json),
        ACCOUNT,
        List.of(
            new Region(new RegionId("us-west"), "West", Region.Runtime.EXTERNAL, false),
            new Region(new RegionId("us-east"), "East", Region.Runtime.EXTERNAL, true),
            new Region(new RegionId("k8s"), "Cluster", Region.Runtime.KUBERNETES, false)));
  }

  private ApiException refusal(String json) {
    ApiException refusal = catchThrowableOfType(ApiException.class, () -> launch(json));
    assertThat(refusal).as(json).isNotNull();
    assertThat(refusal.getMessage()).endsWith(".");
    return refusal;
  }

  @Test
  void needsLittleForAnOpenAiCompatibleContainer() {
    Launch launch = launch("{'name': 'org/llama3:8b', 'category': 'chat', " + PLACED + "}");
    assertThat(launch.mode()).isEqualTo(Mode.OPENAI);
    assertThat(launch.category()).contains(Category.CHAT);
    assertThat(launch.healthPath()).contains("/health");
    assertThat(launch.protocol()).isEqualTo(Protocol.HTTP_1_1);
    assertThat(launch.endpoints())
        .isEqualTo(Map.of(new RegionId("us-west"), URI.create("http://127.0.0.1:8000")));
    assertThat(launch.container().gpuCount()).isZero();
  }

  @Test
  void takesACustomContainerThatSpeaksGrpc() {
    Launch launch =
        launch(
            "{'name': 'grpc', 'openai_compatible': false, 'custom_api_path': '/', 'protocol':"
                + " 'h2c', "
                + PLACED
                + "}");
    assertThat(launch.mode()).isEqualTo(Mode.CUSTOM);
    assertThat(launch.healthPath()).isEmpty();
    assertThat(launch.customApiPath()).contains("/");
    assertThat(launch.category()).isEmpty();
  }

  @Test
  void checksByTcpAloneWhereTheHealthPathIsEmpty() {
    assertThat(
            launch("{'name': 'a', 'category': 'chat', 'health_path': '', " + PLACED + "}")
                .healthPath())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'category': 'chat'                                                  | name",
        "'name': '', 'category': 'chat'                                      | name",
        "'name': ' a', 'category': 'chat'                                    | name",
        "'name': 'a\\u0000b', 'category': 'chat'                             | name",
        "'name': 'a:7', 'category': 'chat', 'platform': true                 | name",
        "'name': 'a'                                                         | category",
        "'name': 'a', 'category': 'text'                                     | category",
        "'name': 'a', 'category': 'chat', 'custom_api_path': '/x'            | custom_api_path",
        "'name': 'a', 'openai_compatible': false                             | custom_api_path",
        "'name': 'a', 'category': 'chat', 'protocol': 'http/2'               | protocol",
        "'name': 'a', 'category': 'chat', 'port': 0                          | port",
        "'name': 'a', 'category': 'chat', 'port': 65536                      | port",
        "'name': 'a', 'category': 'chat', 'gpu_count': -1                    | gpu_count",
        "'name': 'a', 'openai_compatible': false, 'custom_api_path': '/', 'gpu_type': 'h100', 'gpu_count': 0 | gpu_count",
        "'name': 'a', 'category': 'chat', 'health_path': 'health'            | health_path",
        "'name': 'a', 'category': 'chat', 'upstream_key': ''                 | upstream_key"
      })
  void namesTheMemberThatIsWrong(String members, String param) {
    assertThat(refusal("{" + members + ", " + PLACED + "}").param()).contains(param);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate",
        "/a/",
        "//a",
        "/a//b",
        "/..",
        "/a/../b",
        "/./a",
        "/a/.",
        "/a;b",
        "/%2e%2e",
        "/a?b",
        "/a#b",
        "/a b",
        "/\\u00e4",
        "/a\\\\b"
      })
  void refusesCustomPathsThatCouldBeReadInTwoWays(String path) {
    String json =
        "{'name': 'a', 'openai_compatible': false, 'custom_api_path': '"
            + path
            + "', "
            + PLACED
            + "}";
    assertThat(refusal(json).param()).contains("custom_api_path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/generate", "/api/v1/predict", "/a.b/..c/...", "/$batch:run"})
  void takesPlainCustomPaths(String path) {
    String json =
        "{'name': 'a', 'openai_compatible': false, 'custom_api_path': '"
            + path
            + "', "
            + PLACED
            + "}";
    assertThat(launch(json).customApiPath()).contains(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                                                      | regions",
        "[null]                                                                  | regions[0]",
        "[{'endpoint': 'http://127.0.0.1'}]                                      | regions[0].region",
        "[{'region': 'mars', 'endpoint': 'http://127.0.0.1'}]                    | regions[0].region",
        "[{'region': 'us-east', 'endpoint': 'http://127.0.0.1'}]                 | regions[0].region",
        "[{'region': 'k8s', 'endpoint': 'http://127.0.0.1'}]                     | regions[0].region",
        "[{'region': 'us-west'}]                                                 | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'https://127.0.0.1'}]                | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://u:p@127.0.0.1'}]             | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://127.0.0.1?x'}]               | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://127.0.0.1/#x'}]              | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://127.0.0.1/a/../b'}]          | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://127.0.0.1:99999'}]           | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': '127.0.0.1:8000'}]                   | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'mailto:a@b'}]                       | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'file:///etc/passwd'}]               | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://10.0.0.1'}]                  | regions[0].endpoint",
        "[{'region': 'us-west', 'endpoint': 'http://169.254.169.254/latest'}]    | regions[0].endpoint"
      })
  void namesThePlacementThatIsWrong(String regions, String param) {
    assertThat(refusal("{'name': 'a', 'category': 'chat', 'regions': " + regions + "}").param())
        .contains(param);
  }

  @Test
  void refusesTheSameRegionTwice() {
    String placement = "{'region': 'us-west', 'endpoint': 'http://127.0.0.1:8000'}";
    String json =
        "{'name': 'a', 'category': 'chat', 'regions': [" + placement + "," + placement + "]}";
    assertThat(refusal(json).param()).contains("regions[1]");
  }
}
