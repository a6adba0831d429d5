/// The one error type of Bits: a code, a category that says whether to retry, and data.
///
/// Start reading at [page.bits.error.BitsException]. Each area has an enum of its
/// [page.bits.error.ErrorCode]s and one factory class that holds its sentences. This package
/// depends on nothing.
@NullMarked
package page.bits.error;

import org.jspecify.annotations.NullMarked;
