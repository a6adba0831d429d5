/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import page.bits.live.http.LiveRequest;
import page.bits.live.http.LiveResponse;
import page.bits.live.http.LiveServer;

/// Turns one of Jetty's requests into one of ours, and our answer into Jetty's. Blocks: it runs on
/// a virtual thread, for a stream as long as the stream goes on.
final class SiteHandler extends Handler.Abstract {
  private static final long DISCARDED_BYTES_MAX = 16L << 20;

  private final LiveServer live;
  private final Duration writeTimeout;

  SiteHandler(LiveServer live) {
    this.live = live;
    this.writeTimeout = live.settings().writeTimeout();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      byte[] body = body(request);
      if (body.length > LiveRequest.BODY_BYTES_MAX) {
        Response.writeError(request, response, callback, 413);
        return true;
      }
      answer(request, response, live.handle(translate(request, body)), callback);
    } catch (IOException gone) { // the reader left, or is too slow
      callback.failed(gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      callback.failed(stopped);
    }
    return true;
  }

  /// The body, or one byte more than is allowed. What is too much is read on for a while: a
  /// connection that is closed on unread bytes is reset, and the sender never sees the answer.
  private static byte[] body(Request request) throws IOException {
    InputStream in = Request.asInputStream(request); // Jetty closes it with the request
    byte[] body = in.readNBytes(LiveRequest.BODY_BYTES_MAX + 1);
    if (body.length > LiveRequest.BODY_BYTES_MAX) {
      long _ = in.skip(DISCARDED_BYTES_MAX);
    }
    return body;
  }

  private static LiveRequest translate(Request request, byte[] body) {
    var headers = new LinkedHashMap<String, List<String>>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(field.getValue() == null ? "" : field.getValue());
    }
    HttpURI uri = request.getHttpURI();
    String path = uri.getPath() == null ? "/" : uri.getPath();
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    return new LiveRequest(
        request.getMethod(),
        path,
        query,
        Map.copyOf(headers),
        new String(body, StandardCharsets.UTF_8),
        Request.getRemoteAddr(request),
        request.isSecure());
  }

  private void answer(Request request, Response response, LiveResponse answer, Callback callback)
      throws IOException, InterruptedException {
    response.setStatus(answer.status());
    answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
    boolean isHead = request.getMethod().equals("HEAD");
    switch (answer) {
      case LiveResponse.Whole whole -> {
        byte[] bytes = whole.body().array();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, whole.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(/* last= */ true, isHead ? null : ByteBuffer.wrap(bytes), callback);
      }
      case LiveResponse.Stream stream -> {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, stream.type());
        response.getHeaders().put(HttpHeader.CONNECTION, "close"); // see Departure
        if (!isHead) {
          stream.writer().write(new ToReader(request, response));
        }
        callback.succeeded();
      }
    }
  }

  /// Runs on the stream's thread, which waits for the network.
  private final class ToReader implements LiveResponse.Sink {
    private final Request request;
    private final Response response;

    private ToReader(Request request, Response response) {
      this.request = request;
      this.response = response;
    }

    @Override
    public void onGone(Runnable gone) {
      Departure.watch(request.getConnectionMetaData().getConnection().getEndPoint(), gone);
    }

    @Override
    public void send(byte[] bytes) throws IOException, InterruptedException {
      var written = new Callback.Completable();
      response.write(/* last= */ false, ByteBuffer.wrap(bytes), written);
      try {
        written.get(writeTimeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException slow) {
        throw new IOException("the reader took longer than " + writeTimeout, slow);
      } catch (java.util.concurrent.ExecutionException failed) {
        throw new IOException("the reader is gone", failed.getCause());
      }
    }
  }
}
