/// The bridge between jte's templates and the live layer's HTML.
module page.bits.live.jte {
  requires transitive page.bits.live;
  requires transitive gg.jte.runtime;
  requires static transitive org.jspecify;

  exports page.bits.live.jte;
}
