/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Held;
import page.bits.db.Index;
import page.bits.db.Session;
import page.bits.db.Tx;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;

/// Bugs that a storage or a peer could have, to see that a simulation finds them.
enum Mutant implements Mutation {
  /// Every fifth append is acknowledged and forgotten.
  ACKNOWLEDGED_BEFORE_WRITTEN {
    @Override
    public Storage storage(Life life) {
      int[] count = {0};
      return answering(
          life,
          (call, arguments) ->
              (call.equals("append") && ++count[0] % 5 == 0) ? new AppendResult.Appended() : null);
    }
  },

  /// An append that nobody answered is taken for done.
  UNKNOWN_TAKEN_FOR_DONE {
    @Override
    public Storage storage(Life life) {
      return changed(
          life,
          "append",
          result -> result instanceof AppendResult.Unknown ? new AppendResult.Appended() : result);
    }
  },

  /// Whoever finds a position taken does not look by whom, and stops.
  LOST_POSITION_TAKEN_FOR_FORK {
    @Override
    public Storage storage(Life life) {
      return changed(
          life,
          "append",
          result -> result instanceof AppendResult.Taken ? new AppendResult.Forked() : result);
    }
  },

  /// Reads are answered by a copy that lags behind.
  READS_LAG {
    @Override
    public Storage storage(Life life) {
      long[] head = {-1};
      int[] count = {0};
      return answering(
          life,
          (call, arguments) -> {
            if (call.equals("head") && head[0] >= 0 && ++count[0] % 4 != 0) {
              return head[0];
            }
            return call.equals("head")
                ? (Long) (head[0] = life.storage().head(database(arguments)))
                : null;
          });
    }
  },

  /// The end of the log is read only after a hint.
  NOTHING_IS_POLLED {
    @Override
    public Storage storage(Life life) {
      boolean[] isHinted = {false};
      return answering(
          life,
          (call, arguments) -> {
            if (call.equals("onHint")) {
              var real = (Storage.HintListener) arguments.getFirst();
              return life.storage()
                  .onHint(
                      (database, position) -> {
                        isHinted[0] = true;
                        real.mayHaveGrown(database, position);
                      });
            }
            if (call.equals("read") && (Long) arguments.get(1) > 3 && !isHinted[0]) {
              return List.of();
            }
            isHinted[0] = isHinted[0] && !call.equals("read");
            return null;
          });
    }
  },

  /// A read now and then leaves out the first entry.
  ENTRY_SKIPPED {
    @Override
    public Storage storage(Life life) {
      int[] count = {0};
      return changed(
          life,
          "read",
          result ->
              result instanceof List<?> entries && entries.size() > 1 && ++count[0] % 3 == 0
                  ? entries.subList(1, entries.size())
                  : result);
    }
  },

  /// Nobody ever gets the turn.
  TURN_NEVER_GIVEN {
    @Override
    public Storage storage(Life life) {
      return answering(life, (call, arguments) -> isOfTurns(call, arguments) ? false : null);
    }
  },

  /// A peer is shown the log that it knows, whatever became of it.
  FORK_UNNOTICED {
    @Override
    public Storage storage(Life life) {
      Map<Long, StoredEntry> known = new HashMap<>();
      return answering(
          life,
          (call, arguments) -> {
            if (call.equals("append")) {
              AppendResult result =
                  (AppendResult) invoke(life.storage(), method(Storage.class, call), arguments);
              if (result instanceof AppendResult.Forked) {
                return new AppendResult.Appended();
              }
              return result;
            }
            if (call.equals("resolve")) {
              var position = (Long) arguments.get(1);
              Optional<StoredEntry> there = life.storage().resolve(database(arguments), position);
              there.ifPresent(entry -> known.putIfAbsent(position, entry));
              return Optional.ofNullable(known.get(position));
            }
            return null;
          });
    }
  },

  /// A subscriber that goes on is given its last report once more.
  REPORT_REPEATED {
    @Override
    public Connection connection(Life life, Connection real) {
      return shownAs(
          real,
          (call, arguments) ->
              call.equals("txReports")
                      && arguments.size() == 1
                      && arguments.getFirst() instanceof Cursor cursor
                      && cursor.t() > 1
                  ? real.txReportsAfter(cursor.t() - 1)
                  : null);
    }
  },

  /// db() shows now and then what it showed some time ago.
  DB_GOES_BACK {
    @Override
    public Connection connection(Life life, Connection real) {
      var before = new ArrayDeque<Db>();
      int[] count = {0};
      return shownAs(
          real,
          (call, arguments) -> {
            if (!call.equals("db")) {
              return null;
            }
            before.add(real.db());
            return ++count[0] % 6 == 0 && before.size() > 4 ? before.poll() : before.getLast();
          });
    }
  },

  /// A transaction of unknown outcome is submitted again, under no id.
  SUBMITTED_AGAIN {
    @Override
    public Connection connection(Life life, Connection real) {
      return shownAs(
          real,
          (call, arguments) -> {
            if (!call.equals("transact") || !(arguments.getFirst() instanceof Tx tx)) {
              return null;
            }
            try {
              return real.transact(tx);
            } catch (BitsException e) {
              if (!e.is(DbError.OUTCOME_UNKNOWN)) {
                throw e;
              }
              return real.transact(tx.forms());
            }
          });
    }
  },

  /// A failed look at the beats of the others counts as one that found them silent.
  OUTAGE_TAKEN_FOR_SILENCE {
    @Override
    public Storage storage(Life life) {
      Map<String, Object> last = new HashMap<>();
      return answering(
          life,
          (call, arguments) -> {
            if (!isOfBeats(call, arguments)) {
              return null;
            }
            String asked = call + arguments.getFirst();
            try {
              Object answer = invoke(life.storage(), method(Storage.class, call), arguments);
              last.put(asked, answer);
              return answer;
            } catch (BitsException e) {
              Object before = last.get(asked);
              if (before == null) {
                throw e;
              }
              return before;
            }
          });
    }
  },

  /// The beats of the others are read from a copy that stands still for a while.
  BEATS_LAG {
    @Override
    public Storage storage(Life life) {
      Object[] copy = {null};
      int[] count = {0};
      return answering(
          life,
          (call, arguments) -> {
            if (!call.equals("records")) {
              return null;
            }
            if (copy[0] == null || ++count[0] % 8 == 0) {
              copy[0] = life.storage().records((String) arguments.getFirst());
            }
            return copy[0];
          });
    }
  },

  /// Nobody notices that a process is gone.
  NOBODY_IS_MISSED {
    @Override
    public Storage storage(Life life) {
      return answering(
          life,
          (call, arguments) -> {
            if (call.equals("records")) {
              throw page.bits.db.spi.StorageErrors.busy("records", java.time.Duration.ZERO);
            }
            return null;
          });
    }
  },

  /// A process whose session lapsed goes on as if it had it: what it holds is said once only.
  LAPSED_SESSION_GOES_ON {
    @Override
    public Connection connection(Life life, Connection real) {
      return shownAs(
          real,
          (call, _) ->
              call.equals("session")
                  ? proxy(
                      Session.class,
                      real.session(),
                      (of, arguments) ->
                          of.equals("hold") ? saidOnce(real, arguments.getFirst()) : null)
                  : null);
    }
  };

  private static boolean isOfBeats(String call, List<@Nullable Object> arguments) {
    return (call.equals("compareAndSet") || call.equals("records"))
        && arguments.getFirst() instanceof String key
        && key.startsWith("session/");
  }

  /// An entity with these facts under the session of now, whatever becomes of that.
  private static Held saidOnce(Connection real, @Nullable Object facts) {
    List<Object> session = real.session().ref();
    long entity = said(real, session, "once", facts);
    return new Held() {
      @Override
      public OptionalLong entity() {
        return OptionalLong.of(entity);
      }

      @Override
      public void replace(Map<?, ?> facts) {
        try {
          var _ = said(real, session, entity, facts);
        } catch (BitsException e) {
          if (!e.is(DbError.SESSION_ENDED)) {
            throw e;
          }
        }
      }

      @Override
      public long await() {
        return entity;
      }

      @Override
      public void close() {
        if (real.db().datoms(Index.EAVT, entity).iterator().hasNext()) {
          var _ = real.transact(List.of(List.of(":db/retractEntity", entity)));
        }
      }
    };
  }

  private static long said(
      Connection real, List<Object> session, Object entity, @Nullable Object facts) {
    var form = new LinkedHashMap<Object, @Nullable Object>();
    form.put(":db/id", entity);
    form.put(":bits/session", session);
    ((Map<?, ?>) Objects.requireNonNull(facts)).forEach(form::put);
    var forms = new ArrayList<Object>(List.of(form));
    for (long mark = 0; mark < 5 && entity instanceof Long; mark++) {
      if (!(form.get(":here/mark") instanceof Set<?> marks && marks.contains(mark))) {
        forms.add(List.of(":db/retract", entity, ":here/mark", mark));
      }
    }
    return real.transact(forms).tempids().getOrDefault("once", -1L);
  }

  /// Answers a call itself, or null to leave it as it is.
  @FunctionalInterface
  private interface Instead {
    @Nullable Object of(String call, List<@Nullable Object> arguments);
  }

  private static boolean isOfTurns(String call, List<@Nullable Object> arguments) {
    return call.equals("compareAndSet")
        && arguments.getFirst() instanceof String key
        && key.startsWith("turn/");
  }

  private static Storage answering(Life life, Instead instead) {
    return proxy(Storage.class, life.storage(), instead);
  }

  private static Connection shownAs(Connection real, Instead instead) {
    return proxy(Connection.class, real, instead);
  }

  private static Storage changed(Life life, String call, UnaryOperator<Object> change) {
    return answering(
        life,
        (called, arguments) ->
            called.equals(call)
                ? change.apply(invoke(life.storage(), method(Storage.class, call), arguments))
                : null);
  }

  private static page.bits.db.spi.DatabaseId database(List<@Nullable Object> arguments) {
    return (page.bits.db.spi.DatabaseId) java.util.Objects.requireNonNull(arguments.getFirst());
  }

  private static Method method(Class<?> type, String name) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    throw new IllegalStateException(name);
  }

  private static <T> T proxy(Class<T> type, T real, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              List<@Nullable Object> given =
                  arguments == null ? List.of() : java.util.Arrays.asList(arguments);
              Object answer = instead.of(method.getName(), given);
              return answer == null ? invoke(real, method, given) : answer;
            }));
  }

  private static Object invoke(Object real, Method method, List<@Nullable Object> arguments) {
    try {
      return method.invoke(real, arguments.toArray());
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
