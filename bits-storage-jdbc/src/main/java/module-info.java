/// Storages over JDBC: SQLite, the embedded default, and PostgreSQL. Both are found through
/// [page.bits.db.spi.StorageProvider]; nothing here is called by name.
module page.bits.storage.jdbc {
  requires page.bits.db;
  requires java.sql;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;

  provides page.bits.db.spi.StorageProvider with
      page.bits.storage.jdbc.sqlite.SqliteStorageProvider;
}
