/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The total order that [Edn#order()] describes.
///
/// Sets and maps are sorted before they are compared. That is done once for a whole value, from the
/// inside out ([Canon]): sorting again at each level would cost the square of the size.
final class EdnOrder implements Comparator<@Nullable Object> {
  static final EdnOrder INSTANCE = new EdnOrder();

  /// The kinds of values in their order.
  private enum Kind {
    NIL,
    BOOLEAN,
    NUMBER,
    CHARACTER,
    STRING,
    KEYWORD,
    SYMBOL,
    INSTANT,
    UUID,
    URI,
    SEQUENCE,
    SET,
    MAP,
    TAGGED,
    OTHER
  }

  /// A set or map as the sorted list of its elements, or of its keys and values in turn; all
  /// collections inside are in this form too.
  private record Canon(Kind kind, List<@Nullable Object> items) {}

  private EdnOrder() {}

  @Override
  public int compare(@Nullable Object a, @Nullable Object b) {
    return compare(a, b, 0);
  }

  private static Kind kind(@Nullable Object value) {
    return switch (value) {
      case null -> Kind.NIL;
      case Boolean _ -> Kind.BOOLEAN;
      case Number n when EdnNumberOrder.covers(n) -> Kind.NUMBER;
      case Character _ -> Kind.CHARACTER;
      case String _ -> Kind.STRING;
      case Keyword _ -> Kind.KEYWORD;
      case Symbol _ -> Kind.SYMBOL;
      case Instant _ -> Kind.INSTANT;
      case Date date when date.getClass() == Date.class -> Kind.INSTANT;
      case UUID _ -> Kind.UUID;
      case URI _ -> Kind.URI;
      case List<?> _ -> Kind.SEQUENCE;
      case Set<?> _ -> Kind.SET;
      case Map<?, ?> _ -> Kind.MAP;
      case Canon canon -> canon.kind();
      case Tagged _ -> Kind.TAGGED;
      default -> Kind.OTHER;
    };
  }

  private static int compare(@Nullable Object a, @Nullable Object b, int depth) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (depth > EdnLimits.DEPTH_MAX) {
      throw EdnErrors.valueTooDeep();
    }
    Kind kind = kind(a);
    int byKind = kind.compareTo(kind(b));
    if (byKind != 0) {
      return byKind;
    }
    return switch (kind) {
      case NIL -> 0;
      case BOOLEAN -> ((Boolean) a).compareTo((Boolean) b);
      case NUMBER -> EdnNumberOrder.compare((Number) a, (Number) b);
      case CHARACTER -> ((Character) a).compareTo((Character) b);
      case STRING -> ((String) a).compareTo((String) b);
      case KEYWORD -> ((Keyword) a).compareTo((Keyword) b);
      case SYMBOL -> ((Symbol) a).compareTo((Symbol) b);
      case INSTANT -> compareInstants(a, b);
      case UUID -> compareUuids((UUID) a, (UUID) b);
      case URI -> EdnUris.normal((URI) a).compareTo(EdnUris.normal((URI) b));
      case SEQUENCE -> compareItems((List<?>) a, (List<?>) b, depth);
      case SET, MAP -> compareSorted(a, b, depth);
      case TAGGED -> compareTagged((Tagged) a, (Tagged) b, depth);
      case OTHER -> compareOthers(a, b);
    };
  }

  private static int compareInstants(Object a, Object b) {
    int byMoment = instant(a).compareTo(instant(b));
    return byMoment != 0 ? byMoment : Boolean.compare(a instanceof Date, b instanceof Date);
  }

  private static Instant instant(Object value) {
    return value instanceof Date date ? Instant.ofEpochMilli(date.getTime()) : (Instant) value;
  }

  /// As the texts sort; [UUID#compareTo(UUID)] compares signed halves.
  private static int compareUuids(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  private static int compareItems(List<?> a, List<?> b, int depth) {
    Iterator<?> rest = b.iterator();
    for (Object item : a) {
      if (!rest.hasNext()) {
        return 1;
      }
      int order = compare(item, rest.next(), depth + 1);
      if (order != 0) {
        return order;
      }
    }
    return rest.hasNext() ? -1 : 0;
  }

  private static int compareSorted(Object a, Object b, int depth) {
    int bySize = Integer.compare(size(a), size(b));
    return bySize != 0
        ? bySize
        : compareItems(canon(a, depth).items(), canon(b, depth).items(), depth);
  }

  private static int size(Object value) {
    return switch (value) {
      case Set<?> set -> set.size();
      case Map<?, ?> map -> map.size();
      case Canon canon when canon.kind() == Kind.MAP -> canon.items().size() / 2;
      case Canon canon -> canon.items().size();
      default -> throw new AssertionError(value.getClass());
    };
  }

  private static Canon canon(Object value, int depth) {
    return value instanceof Canon canon
        ? canon
        : (Canon) Objects.requireNonNull(canonical(value, depth));
  }

  private static @Nullable Object canonical(@Nullable Object value, int depth) {
    if (depth > EdnLimits.DEPTH_MAX) {
      throw EdnErrors.valueTooDeep();
    }
    return switch (value) {
      case List<?> list -> all(list, depth);
      case Set<?> set -> {
        var items = all(set, depth);
        items.sort(INSTANCE);
        yield new Canon(Kind.SET, items);
      }
      case Map<?, ?> map -> new Canon(Kind.MAP, entries(map, depth));
      case Tagged tagged -> new Tagged(tagged.tag(), canonical(tagged.value(), depth + 1));
      case null, default -> value;
    };
  }

  private static List<@Nullable Object> all(Iterable<?> values, int depth) {
    var items = new ArrayList<@Nullable Object>();
    for (Object value : values) {
      items.add(canonical(value, depth + 1));
    }
    return items;
  }

  private static List<@Nullable Object> entries(Map<?, ?> map, int depth) {
    var entries = new ArrayList<List<@Nullable Object>>();
    map.forEach(
        (key, value) ->
            entries.add(Edn.vector(canonical(key, depth + 1), canonical(value, depth + 1))));
    entries.sort((a, b) -> INSTANCE.compare(a.get(0), b.get(0)));
    var items = new ArrayList<@Nullable Object>(2 * entries.size());
    entries.forEach(items::addAll);
    return items;
  }

  private static int compareTagged(Tagged a, Tagged b, int depth) {
    int byTag = a.tag().compareTo(b.tag());
    return byTag != 0 ? byTag : compare(a.value(), b.value(), depth + 1);
  }

  private static int compareOthers(Object a, Object b) {
    int byClass = a.getClass().getName().compareTo(b.getClass().getName());
    return byClass != 0 ? byClass : a.toString().compareTo(b.toString());
  }
}
