/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import page.bits.storage.jdbc.shared.JdbcErrors;

/// The place of a SQLite file, looked at from outside before SQLite opens it.
record SqliteFile(Path path, String fileSystem) {
  private static final Set<String> NETWORK =
      Set.of("afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs");

  /// The file of that name; refused when its folder is missing or lies on another machine.
  static SqliteFile at(String name, boolean create) {
    Path path = absolute(name);
    Path folder = path.getParent();
    if (folder == null || Files.isDirectory(path)) {
      throw JdbcErrors.unfit(name, "it is a folder", "name a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw JdbcErrors.notFound("folder", folder.toString(), "make the folder", null);
    }
    if (!create && !Files.exists(path)) {
      throw JdbcErrors.notFound("file", path.toString(), "mend the path, or create it", null);
    }
    if (!Files.isWritable(Files.exists(path) ? path : folder)) {
      throw JdbcErrors.refused(path.toString(), "let this account write there", null);
    }
    return new SqliteFile(real(folder, path), localFileSystem(folder));
  }

  private static Path absolute(String name) {
    try {
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw JdbcErrors.unfit(name, "it is no file name", "name a file");
    }
  }

  /// One name for one file, so that all storages of this process on it find each other.
  private static Path real(Path folder, Path path) {
    try {
      return Files.exists(path)
          ? path.toRealPath()
          : folder.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      throw JdbcErrors.refused(path.toString(), "let this account read there", e);
    }
  }

  private static String localFileSystem(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      String type = store.type().toLowerCase(Locale.ROOT);
      if (isNetwork(type)) {
        throw JdbcErrors.unfit(
            folder.toString(),
            "SQLite cannot lock a file on " + type,
            "use a local disk, or bits:postgresql for several machines");
      }
      return type;
    } catch (IOException e) {
      throw JdbcErrors.refused(folder.toString(), "let this account read there", e);
    }
  }

  static boolean isNetwork(String type) {
    return NETWORK.contains(type)
        || type.startsWith("nfs")
        || type.startsWith("smb")
        || type.startsWith("fuse.");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
