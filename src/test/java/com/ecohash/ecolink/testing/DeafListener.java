package com.ecohash.ecolink.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose packets go nowhere, as behind a firewall that drops them: a listener that accepts
 * nobody, and whose queue is full, so that the kernel answers no more.
 */
public final class DeafListener implements AutoCloseable {
  private static final int WAITING = 8;

  private final ServerSocket listener;
  private final List<SocketChannel> waiting = new ArrayList<>();

  private DeafListener(int port) throws IOException {
    listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < WAITING; i++) {
      SocketChannel channel = SocketChannel.open();
      waiting.add(channel);
      channel.configureBlocking(false);
      channel.connect(address());
    }
  }

  /**
   * @param port 0 for any; one that was closed just now may take a moment to be free
   */
  public static DeafListener on(int port) {
    return await()
        .ignoreException(BindException.class)
        .until(() -> new DeafListener(port), listener -> true);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : waiting) {
      channel.close();
    }
    listener.close();
  }
}
