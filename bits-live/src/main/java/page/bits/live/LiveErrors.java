/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of the live layer's errors.
public final class LiveErrors {
  private LiveErrors() {}

  static BitsException invalidFragmentName(String name, String pattern) {
    return new BitsException(
        LiveError.INVALID_SITE,
        "The name of a fragment or element does not have the form it must have",
        ErrorData.of("name", name).and("pattern", pattern));
  }

  static BitsException invalidPattern(String pattern) {
    return new BitsException(
        LiveError.INVALID_SITE,
        "A path begins with / and its variables are whole segments such as {handle}",
        ErrorData.of("path", pattern));
  }

  static BitsException duplicatePath(String pattern) {
    return new BitsException(
        LiveError.INVALID_SITE, "A path is declared twice", ErrorData.of("path", pattern));
  }

  static BitsException noSuchPage(String pattern) {
    return new BitsException(
        LiveError.INVALID_SITE,
        "A presence needs a page that was declared before",
        ErrorData.of("path", pattern));
  }

  static BitsException unsupportedComponent(String record, String component, String type) {
    return new BitsException(
        LiveError.INVALID_SITE,
        "A form cannot fill a component of this type",
        ErrorData.of("record", record).and("component", component).and("type", type));
  }

  static BitsException assetMissing(String name) {
    return new BitsException(
        LiveError.INVALID_SITE, "An asset cannot be read", ErrorData.of("asset", name));
  }

  static BitsException noSuchVariable(String name) {
    return new BitsException(
        LiveError.INVALID_SITE, "The path has no such variable", ErrorData.of("variable", name));
  }

  static BitsException notALocalPath(String path) {
    return new BitsException(
        LiveError.INVALID_SITE,
        "A redirect leads to a path of this site",
        ErrorData.of("path", path));
  }

  /// The port is taken; another port, or ending the program that holds it, helps.
  public static BitsException portBusy(String host, int port, Throwable cause) {
    return new BitsException(
        LiveError.PORT_BUSY,
        "The port is taken by another program; choose another port or end that program",
        ErrorData.of("host", host).and("port", (long) port),
        cause);
  }

  public static BitsException hostUnusable(String host, int port, Throwable cause) {
    return new BitsException(
        LiveError.HOST_UNUSABLE,
        "This machine does not have the address on which the server is to listen",
        ErrorData.of("host", host)
            .and("port", (long) port)
            .and("reason", cause.toString())
            .and("remedy", "name an address of this machine, such as 127.0.0.1 or 0.0.0.0"),
        cause);
  }

  public static BitsException serverFailed(String host, int port, Throwable cause) {
    return new BitsException(
        LiveError.SERVER_FAILED,
        "The web server cannot start",
        ErrorData.of("host", host).and("port", (long) port).and("reason", cause.toString()),
        cause);
  }

  public static BitsException invalidCursor() {
    return new BitsException(
        LiveError.INVALID_CURSOR,
        "A cursor is a t, a dash and sixteen hex digits",
        ErrorData.none());
  }

  public static BitsException nodeBehind(long wanted, long reached) {
    return new BitsException(
        LiveError.NODE_BEHIND,
        "This node has not yet reached that transaction; try again",
        ErrorData.of("wanted", wanted).and("reached", reached));
  }

  public static BitsException overloaded(String what) {
    return new BitsException(
        LiveError.OVERLOADED,
        "This node has too much to do; try again",
        ErrorData.of("what", what));
  }

  /// One client address has as much of this node as it may have.
  public static BitsException addressLimit(String what, long max) {
    return new BitsException(
        LiveError.ADDRESS_LIMIT,
        "Your address has as many pages open here as it may; close some, or try again later",
        ErrorData.of("what", what).and("max", max));
  }

  /// This node no longer follows the database: its connection was closed, or the log is another
  /// one.
  public static BitsException stopped() {
    return new BitsException(
        LiveError.NODE_STOPPED,
        "This node no longer follows the database; another one does",
        ErrorData.none());
  }

  /// This node is about to end.
  public static BitsException draining() {
    return new BitsException(
        LiveError.DRAINING, "This node is about to end; another one goes on", ErrorData.none());
  }

  public static BitsException forbidden() {
    return new BitsException(
        LiveError.FORBIDDEN, "This page is not for everybody", ErrorData.none());
  }

  public static BitsException otherViewer() {
    return new BitsException(
        LiveError.OTHER_VIEWER, "The page was made for another visitor", ErrorData.none());
  }

  public static BitsException pageNotFound() {
    return new BitsException(LiveError.PAGE_NOT_FOUND, "There is no such page", ErrorData.none());
  }

  public static BitsException methodNotAllowed(String method) {
    return new BitsException(
        LiveError.METHOD_NOT_ALLOWED,
        "This address does not take that method",
        ErrorData.of("method", method));
  }

  public static BitsException crossSite() {
    return new BitsException(
        LiveError.CROSS_SITE, "A request for change came from another site", ErrorData.none());
  }

  public static BitsException tooLarge(String what, long max) {
    return new BitsException(
        LiveError.REQUEST_TOO_LARGE,
        "The request is larger than this server takes",
        ErrorData.of("what", what).and("max", max));
  }

  public static BitsException invalidInput(String what) {
    return new BitsException(
        LiveError.INVALID_INPUT, "The request cannot be understood", ErrorData.of("what", what));
  }
}
