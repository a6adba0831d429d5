/// Sites served by Jetty: HTTP/1.1, one virtual thread for each request.
module page.bits.live.jetty {
  requires transitive page.bits.live;
  requires org.eclipse.jetty.server;
  requires static transitive org.jspecify;

  exports page.bits.live.jetty;
}
