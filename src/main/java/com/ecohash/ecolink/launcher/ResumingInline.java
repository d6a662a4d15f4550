package com.ecohash.ecolink.launcher;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;

/**
 * The connector's executor: runs everything on the pool, but lets a connection look for its next
 * request on the thread that has just completed the one before. That thread is a loop which carries
 * calls to containers; Jetty would wake a thread of the pool for every exchange instead. It is safe
 * because {@link InlineDataPlane} takes to the pool whatever may wait.
 */
final class ResumingInline implements Executor {
  private final Executor pool;

  ResumingInline(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof Connection) {
      task.run();
    } else {
      pool.execute(task);
    }
  }
}
