/// The database: datoms, schema, transactions, indexes, queries, and the peer that commits to the
/// log and reports every transaction of every writer. Storages are found through
/// [page.bits.db.spi.StorageProvider].
module page.bits.db {
  requires transitive page.bits.edn;
  requires static transitive org.jspecify;

  exports page.bits.db;
  exports page.bits.db.spi;

  uses page.bits.db.FunctionProvider;
  uses page.bits.db.spi.StorageProvider;

  provides page.bits.db.spi.StorageProvider with
      page.bits.db.internal.memory.MemoryStorageProvider;
}
