/// Storages over JDBC: SQLite, the embedded default, and PostgreSQL. Both are found through
/// [page.bits.db.spi.StorageProvider]; nothing here is called by name.
module page.bits.storage.jdbc {
  requires page.bits.db;
  requires java.sql;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;

  provides page.bits.db.spi.StorageProvider with
      page.bits.storage.jdbc.sqlite.SqliteStorageProvider,
      page.bits.storage.jdbc.postgresql.PostgresStorageProvider;

  // The driver makes the listening connection's sockets by the name of their factory.
  opens page.bits.storage.jdbc.postgresql to
      org.postgresql.jdbc;

  exports page.bits.storage.jdbc.postgresql to
      org.postgresql.jdbc;
}
