package com.ecohash.ecolink.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Connections of which one dies when it is told to: before a statement, or after its commit, whose
 * answer is then lost. What was not committed is rolled back, as a database does.
 */
final class DyingConnections {
  private static final int NEVER = Integer.MAX_VALUE;

  private final AtomicInteger callsLeft = new AtomicInteger(NEVER);

  /** The so-many-th call that reaches the database from now on is the last one. */
  void dieAfter(int calls) {
    callsLeft.set(calls);
  }

  void live() {
    callsLeft.set(NEVER);
  }

  DataSource around(DataSource real) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = call(real, method, arguments);
          return result instanceof Connection connection ? dying(connection) : result;
        });
  }

  private Connection dying(Connection real) {
    AtomicBoolean dead = new AtomicBoolean();
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("close") || method.getName().equals("isClosed")) {
            return call(real, method, arguments);
          }
          if (dead.get()) {
            throw death();
          }
          if (method.getName().equals("commit")) {
            Object nothing = call(real, method, arguments);
            dieIfDue(real, dead);
            return nothing;
          }
          Object result = call(real, method, arguments);
          return result instanceof PreparedStatement statement
              ? dying(statement, real, dead)
              : result;
        });
  }

  private PreparedStatement dying(PreparedStatement real, Connection of, AtomicBoolean dead) {
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            dieIfDue(of, dead);
          }
          return call(real, method, arguments);
        });
  }

  private void dieIfDue(Connection real, AtomicBoolean dead) throws SQLException {
    if (callsLeft.get() != NEVER && callsLeft.getAndDecrement() <= 0) {
      dead.set(true);
      live();
      real.rollback();
      throw death();
    }
  }

  private static SQLException death() {
    return new SQLNonTransientConnectionException("the connection died", "08006");
  }

  private interface Calls {
    Object on(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            DyingConnections.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> calls.on(method, arguments)));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
