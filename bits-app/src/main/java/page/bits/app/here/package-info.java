/// Who is at a creator's pages: ephemeral facts about the visitors of all nodes, counted as people.
@NullMarked
package page.bits.app.here;

import org.jspecify.annotations.NullMarked;
