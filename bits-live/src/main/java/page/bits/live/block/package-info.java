/// Blocks: pieces of a stream, made and compressed once and sent to many.
///
/// A [page.bits.live.block.Block] stands for itself: its deflated form was made by a fresh raw
/// encoder and ends with a flush, so it refers to nothing before it, and any sequence of blocks
/// behind one gzip header is one valid gzip stream ([page.bits.live.block.GzipStream]). That is
/// also why a block that holds something personal tells nothing about another one by its length.
@NullMarked
package page.bits.live.block;

import org.jspecify.annotations.NullMarked;
