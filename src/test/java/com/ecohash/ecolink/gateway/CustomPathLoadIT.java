package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.GrpcCaller;
import com.ecohash.ecolink.testing.GrpcContainer;
import com.ecohash.ecolink.testing.StreamingContainer;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Much at once and much in one piece, through a gateway with a small heap. */
class CustomPathLoadIT {
  private static final int STREAMS = 1_000;
  private static final int ROUNDS = 3;
  private static final long GIGABYTE = 1L << 30;

  private static GatewayProcess process;
  private static Tenant tenant;

  @BeforeAll
  static void begin() {
    process = GatewayProcess.start(Map.of("ecolink.upstream.first-byte-timeout", "60s"));
    tenant = Tenant.on(process.gateway());
  }

  @AfterAll
  static void end() {
    process.close();
  }

  /** The limit of streams on one connection is 1,024: all of these share one. */
  @Test
  void carriesAThousandStreamsAtOnce() {
    try (GrpcContainer container = GrpcContainer.start();
        GrpcCaller caller =
            GrpcCaller.of(process.gateway().base(), tenant.key())
                .forInstance(tenant.launchCustom("/", "h2c", container.uri()))) {
      List<GrpcCaller.Answers> answers = new ArrayList<>();
      List<StreamObserver<byte[]>> requests = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        GrpcCaller.Answers mine = new GrpcCaller.Answers();
        answers.add(mine);
        requests.add(caller.withDeadline(Duration.ofMinutes(5)).bidi("Chat", mine));
      }
      for (int round = 1; round <= ROUNDS; round++) {
        requests.forEach(stream -> stream.onNext(new byte[100]));
        int expected = round;
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> answers.stream().allMatch(one -> one.messages().size() == expected));
        assertThat(answers).noneMatch(GrpcCaller.Answers::hasEnded);
      }
      requests.forEach(StreamObserver::onCompleted);
      assertThat(answers).allMatch(one -> one.status().getCode() == Status.Code.OK);
    }
  }

  @Test
  void carriesAGigabyteEitherWay() throws IOException, InterruptedException {
    AtomicLong uploaded = new AtomicLong();
    StreamingContainer.Script script =
        stage -> {
          uploaded.set(stage.body().skip());
          stage.write("HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
          byte[] block = new byte[64 * 1024];
          for (long left = GIGABYTE; left > 0; left -= block.length) {
            stage.write(block);
          }
        };
    try (StreamingContainer container = StreamingContainer.playing(script)) {
      long id = tenant.launchCustom("/", "http/1.1", container.uri());
      HttpRequest request =
          tenant
              .authorized("/inference-instances/" + id + "/proxy/x")
              .timeout(Duration.ofMinutes(5))
              .POST(
                  HttpRequest.BodyPublishers.fromPublisher(
                      HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(GIGABYTE)),
                      GIGABYTE))
              .build();
      HttpResponse<InputStream> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(GIGABYTE);
      }
      assertThat(uploaded.get()).isEqualTo(GIGABYTE);
    }
  }

  /** So many bytes. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long bytes) {
      this.left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int read = (int) Math.min(left, length);
      left -= read;
      return read;
    }
  }
}
