/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.shared;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.HintListeners;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.Versioned;

/// The part of a JDBC storage that is the same SQL everywhere: blobs, records, the numbers of
/// databases, and who listens.
///
/// Thread-safe. Every write is one statement, so no transaction is ever left open. A subclass owns
/// the connections, the log and the meaning of errors.
public abstract class JdbcStorage implements Storage {
  private static final String NUMBER = "SELECT n FROM bits_database WHERE uuid = ?";
  private static final String ADD_DATABASE =
      "INSERT INTO bits_database(uuid) VALUES(?) ON CONFLICT DO NOTHING";
  private static final String PUT_BLOB =
      "INSERT INTO bits_blob(k, bytes) VALUES(?, ?) ON CONFLICT DO NOTHING";
  private static final String GET_BLOB = "SELECT bytes FROM bits_blob WHERE k = ?";
  private static final String DELETE_BLOB = "DELETE FROM bits_blob WHERE k = ?";
  private static final String ADD_RECORD =
      "INSERT INTO bits_record(k, version, bytes) VALUES(?, 1, ?) ON CONFLICT DO NOTHING";
  private static final String CHANGE_RECORD =
      "UPDATE bits_record SET version = version + 1, bytes = ? WHERE k = ? AND version = ?";
  private static final String REMOVE_RECORD = "DELETE FROM bits_record WHERE k = ? AND version = ?";
  private static final String GET_RECORD = "SELECT version, bytes FROM bits_record WHERE k = ?";
  private static final String LIST =
      "SELECT k FROM bits_record WHERE k >= ? AND k < ? AND substr(k, 1, ?) = ?";

  private static final String RECORDS =
      "SELECT k, version, bytes FROM bits_record WHERE k >= ? AND k < ? AND substr(k, 1, ?) = ?";

  /// Sorts after whatever a key can hold, in the order of UTF-8 bytes.
  private static final String LAST = "\uDBFF\uDFFF".repeat(2);

  private final HintListeners listeners;
  private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
  private final Map<DatabaseId, Long> numbers = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  protected JdbcStorage(HintListeners listeners) {
    this.listeners = listeners;
  }

  /// Runs a statement that changes nothing; throws our errors only.
  protected abstract <T> T read(SessionPool.Call<T> call);

  /// Runs one statement that changes something; throws our errors only.
  protected abstract <T> T write(SessionPool.Call<T> call);

  /// A database's identity as the column `uuid` holds it.
  protected abstract Object uuidColumn(DatabaseId database);

  /// Starts what brings hints from elsewhere; called at every registration.
  protected abstract void startListening();

  /// Gives connections and threads back; called once.
  protected abstract void release();

  @Override
  public final void putBlob(String key, Bytes bytes) {
    if (write(s -> s.update(PUT_BLOB, key, bytes)) == 0
        && !getBlob(key).equals(Optional.of(bytes))) {
      throw StorageErrors.blobKeyReused(key);
    }
  }

  @Override
  public final Optional<Bytes> getBlob(String key) {
    return read(s -> s.first(GET_BLOB, row -> Bytes.wrap(row.getBytes(1)), key));
  }

  @Override
  public final void deleteBlob(String key) {
    write(s -> s.update(DELETE_BLOB, key));
  }

  @Override
  public final boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes) {
    if (bytes == null) {
      return expectedVersion == 0
          ? get(key).isEmpty()
          : write(s -> s.update(REMOVE_RECORD, key, expectedVersion)) == 1;
    }
    return expectedVersion == 0
        ? write(s -> s.update(ADD_RECORD, key, bytes)) == 1
        : write(s -> s.update(CHANGE_RECORD, bytes, key, expectedVersion)) == 1;
  }

  @Override
  public final Optional<Versioned> get(String key) {
    return read(
        s ->
            s.first(
                GET_RECORD,
                row -> new Versioned(row.getLong(1), Bytes.wrap(row.getBytes(2))),
                key));
  }

  @Override
  public final List<String> list(String prefix) {
    int characters = prefix.codePointCount(0, prefix.length());
    // SQL orders by the bytes of UTF-8, strings are ordered by UTF-16.
    return read(
            s -> s.query(LIST, row -> row.getString(1), prefix, prefix + LAST, characters, prefix))
        .stream()
        .sorted()
        .toList();
  }

  @Override
  public final SortedMap<String, Versioned> records(String prefix) {
    int characters = prefix.codePointCount(0, prefix.length());
    var records = new TreeMap<String, Versioned>();
    List<Versioned> _ =
        read(
            s ->
                s.query(
                    RECORDS,
                    row -> {
                      var record = new Versioned(row.getLong(2), Bytes.wrap(row.getBytes(3)));
                      records.put(row.getString(1), record);
                      return record;
                    },
                    prefix,
                    prefix + LAST,
                    characters,
                    prefix));
    return records;
  }

  @Override
  public final Registration onHint(HintListener listener) {
    requireOpen();
    Registration registration = listeners.add(listener);
    registrations.add(registration);
    startListening();
    return () -> {
      registration.close();
      registrations.remove(registration);
    };
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      registrations.forEach(Registration::close);
      release();
    }
  }

  protected final boolean isClosed() {
    return closed.get();
  }

  protected final void requireOpen() {
    if (closed.get()) {
      throw StorageErrors.closed();
    }
  }

  /// The number that stands for the database in its log's keys, or -1 when it has none.
  protected final long number(DatabaseId database) {
    Long known = numbers.get(database);
    if (known != null) {
      return known;
    }
    Optional<Long> found = read(s -> s.first(NUMBER, row -> row.getLong(1), uuidColumn(database)));
    found.ifPresent(number -> numbers.put(database, number));
    return found.orElse(-1L);
  }

  /// The database's number, given to it now when it has none.
  protected final long numberMade(DatabaseId database) {
    long number = number(database);
    if (number >= 0) {
      return number;
    }
    write(s -> s.update(ADD_DATABASE, uuidColumn(database)));
    return number(database);
  }
}
