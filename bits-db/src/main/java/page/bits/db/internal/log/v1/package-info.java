/// An entry's bytes, at format levels 1 and 2. A released level never changes; level 2 adds a kind
/// of record to level 1.
///
/// ```
/// entry   := "BITS" level:byte database:16 position:varint session:16 previous:32
///            count:varint record*
/// record  := kind:byte(1) salt:16 length:varint body
///          | kind:byte(2) digest:32 by:varint length:varint body crc:8 ephemeral
///          | kind:byte(3) salt:16 length:varint body ephemeral
/// ephemeral := length:varint datoms:varint datom* crc:8
/// body    := prevT:varint t:varint nextEntity:varint nextElement:varint txInstant:zigzag
///            submission:16 tempids:varint (name:text id:varint)* datoms:varint datom*
/// datom   := e:zigzag(difference to the datom before) a:varint << 1 | added  value
/// value   := tag:byte content
/// ```
///
/// A varint has seven bits in a byte, the lowest first; a zigzag varint has the sign in its lowest
/// bit. Text is a varint of its UTF-8 length, and the bytes. Every datom of a record belongs to the
/// transaction t. Kind 3 (from level 2 on) has its ephemeral datoms behind the body, with their
/// CRC-32C; the chain does not cover them. Kind 2 (written in databases of level 2 on, in entries
/// of any level) is a record that transaction `by` excised: the digest of what it was, and what is
/// left of it with a CRC-32C; salt and body are gone, and of the chain's digests none changes.
/// Other kinds are refused.
///
/// From level 2 on an entry of more than 256 KiB lies in parts; in its place stands the list of
/// them, see [page.bits.db.internal.log.v1.PartList]:
///
/// ```
/// list    := "BITS" level:byte(with 0x80) set:16 count:varint (size:varint sha256:32)*
/// ```
///
/// The chain: `c0 = SHA-256("bits/entry/1" ‖ the bytes up to and including count)`, and for each
/// record `c(i) = SHA-256(c(i-1) ‖ SHA-256(salt ‖ body))`. The last one is the entry's digest:
/// `previous` of the next entry.
@NullMarked
package page.bits.db.internal.log.v1;

import org.jspecify.annotations.NullMarked;
