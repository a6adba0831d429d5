/// EDN values with their reader, printer and order, and the root of every error that Bits throws.
module page.bits.edn {
  requires static transitive org.jspecify;

  exports page.bits.edn;
  exports page.bits.error;
}
