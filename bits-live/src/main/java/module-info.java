/// Fragments of pages that follow the database: rendering, matching, frames and the HTTP face,
/// without a container and without a template engine.
module page.bits.live {
  requires transitive page.bits.db;
  requires static transitive org.jspecify;

  exports page.bits.live;
  exports page.bits.live.http;
  exports page.bits.live.test;
}
