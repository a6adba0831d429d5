/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;

/// The codes of errors that arise in the command line itself.
public enum CliError implements ErrorCode {
  FILE_UNREADABLE(":cli.error/file-unreadable", ErrorCategory.NOT_FOUND);

  private final String code;
  private final ErrorCategory category;

  CliError(String code, ErrorCategory category) {
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
