/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;

/// The errors of the live layer.
public enum LiveError implements ErrorCode {
  PORT_BUSY(":bits.error/port-busy", ErrorCategory.CONFLICT),
  HOST_UNUSABLE(":bits.error/host-unusable", ErrorCategory.INCORRECT),
  SERVER_FAILED(":bits.error/server-failed", ErrorCategory.FAULT),
  INVALID_SITE(":bits.error/invalid-site", ErrorCategory.INCORRECT),
  INVALID_CURSOR(":bits.error/invalid-cursor", ErrorCategory.INCORRECT),
  INVALID_INPUT(":bits.error/invalid-input", ErrorCategory.INCORRECT),
  REQUEST_TOO_LARGE(":bits.error/request-too-large", ErrorCategory.INCORRECT),
  CROSS_SITE(":bits.error/cross-site", ErrorCategory.FORBIDDEN),
  PAGE_NOT_FOUND(":bits.error/page-not-found", ErrorCategory.NOT_FOUND),
  METHOD_NOT_ALLOWED(":bits.error/method-not-allowed", ErrorCategory.INCORRECT),
  NODE_BEHIND(":bits.error/node-behind", ErrorCategory.BUSY),
  OVERLOADED(":bits.error/overloaded", ErrorCategory.BUSY),
  ADDRESS_LIMIT(":bits.error/address-limit", ErrorCategory.BUSY),
  NODE_STOPPED(":bits.error/node-stopped", ErrorCategory.UNAVAILABLE),
  DRAINING(":bits.error/draining", ErrorCategory.UNAVAILABLE),
  FORBIDDEN(":bits.error/forbidden", ErrorCategory.FORBIDDEN),
  OTHER_VIEWER(":bits.error/other-viewer", ErrorCategory.CONFLICT);

  private final String code;
  private final ErrorCategory category;

  LiveError(String code, ErrorCategory category) {
    this.code = code;
    this.category = category;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
