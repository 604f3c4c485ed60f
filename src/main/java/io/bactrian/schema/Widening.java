package io.bactrian.schema;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows which column types hold every value of another. In doubt they do not. */
final class Widening {
    private static final Map<String, Integer> INTEGER_BITS =
            Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);
    private static final Map<String, Long> BLOB_BYTES =
            Map.of(
                    "tinytext", 255L,
                    "text", 65_535L,
                    "mediumtext", 16_777_215L,
                    "longtext", 4_294_967_295L,
                    "tinyblob", 255L,
                    "blob", 65_535L,
                    "mediumblob", 16_777_215L,
                    "longblob", 4_294_967_295L);
    private static final Set<String> FRACTIONAL_SECONDS = Set.of("time", "datetime", "timestamp");

    private Widening() {}

    /**
     * Whether {@code to} takes each value of {@code from} as it is. Character sets are compared
     * elsewhere.
     */
    static boolean holdsAll(Table actual, Column from, Table wanted, Column to) {
        String old = from.typeName();
        String now = to.typeName();
        if (from.type().equals(to.type())) {
            return true;
        }
        if (isNumber(old) && isNumber(now)) {
            return holdsNumber(from.type(), old, to.type(), now);
        }
        if (old.equals("year") && INTEGER_BITS.containsKey(now)) {
            return INTEGER_BITS.get(now) > 8;
        }
        if (FRACTIONAL_SECONDS.contains(old) && old.equals(now)) {
            return argument(to.type(), 0) >= argument(from.type(), 0);
        }
        if (old.equals("date")) {
            return now.equals("datetime");
        }
        if (old.equals("bit") && now.equals("bit")) {
            return argument(to.type(), 1) >= argument(from.type(), 1);
        }
        if (old.equals(now) && Set.of("enum", "set").contains(old)) {
            return members(to.type()).containsAll(members(from.type()));
        }
        if (Charsets.isText(from) && Charsets.isText(to)) {
            return holdsText(actual, from, wanted, to);
        }
        if (isBytes(old) && isBytes(now)) {
            // BINARY pads with zero bytes, so that another length is another value
            return !now.equals("binary") && bytes(to.type(), now) >= bytes(from.type(), old);
        }
        return now.equals("geometry") && isSpatial(old);
    }

    private static boolean isNumber(String type) {
        return INTEGER_BITS.containsKey(type)
                || Set.of("decimal", "float", "double").contains(type);
    }

    private static boolean isBytes(String type) {
        return type.endsWith("binary") || type.endsWith("blob");
    }

    private static boolean isSpatial(String type) {
        return type.endsWith("point")
                || type.endsWith("linestring")
                || type.endsWith("polygon")
                || type.startsWith("geom");
    }

    private static boolean holdsNumber(String from, String old, String to, String now) {
        boolean signLost = to.contains("unsigned") && !from.contains("unsigned");
        boolean oldInteger = INTEGER_BITS.containsKey(old);
        if (signLost) {
            return false;
        }
        if (INTEGER_BITS.containsKey(now)) {
            return oldInteger && highest(from, old).compareTo(highest(to, now)) <= 0;
        }
        if (now.equals("decimal")) {
            int scale = (int) argument(to, 0, 1);
            int digits = (int) argument(to, 10) - scale;
            return oldInteger
                    ? highest(from, old).toString().length() <= digits
                    : old.equals("decimal")
                            && argument(from, 0, 1) <= scale
                            && argument(from, 10) - argument(from, 0, 1) <= digits;
        }
        // (m,d) of a float rounds and bounds
        boolean bounded = to.contains("(");
        if (oldInteger) {
            return !bounded && INTEGER_BITS.get(old) <= (now.equals("double") ? 32 : 16);
        }
        return !bounded && !old.equals("decimal") && (now.equals("double") || old.equals("float"));
    }

    private static BigInteger highest(String type, String name) {
        int bits = INTEGER_BITS.get(name) - (type.contains("unsigned") ? 0 : 1);
        return BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
    }

    private static boolean holdsText(Table actual, Column from, Table wanted, Column to) {
        String now = to.typeName();
        if (now.equals("enum") || now.equals("set")) {
            return false;
        }
        if (now.equals("char") && !from.typeName().equals("char")) {
            // CHAR drops spaces at the end
            return false;
        }
        long characters = characters(actual, from);
        if (BLOB_BYTES.containsKey(now)) {
            long bytes =
                    BLOB_BYTES.containsKey(from.typeName())
                                    && actual.charsetOf(from).equals(wanted.charsetOf(to))
                            ? BLOB_BYTES.get(from.typeName())
                            : characters * Charsets.width(wanted.charsetOf(to));
            return now.equals("longtext") || BLOB_BYTES.get(now) >= bytes;
        }
        return argument(to.type(), 1) >= characters;
    }

    private static long characters(Table table, Column column) {
        String type = column.typeName();
        if (BLOB_BYTES.containsKey(type)) {
            return BLOB_BYTES.get(type);
        }
        if (type.equals("enum")) {
            return members(column.type()).stream().mapToLong(m -> m.length() - 2L).max().orElse(0);
        }
        return type.equals("set")
                ? members(column.type()).stream().mapToLong(m -> m.length() - 1L).sum()
                : argument(column.type(), 1);
    }

    private static long bytes(String type, String name) {
        return BLOB_BYTES.getOrDefault(name, argument(type, 1));
    }

    private static long argument(String type, long absent) {
        return argument(type, absent, 0);
    }

    /** The number at {@code place} inside the type's parentheses. */
    private static long argument(String type, long absent, int place) {
        int open = type.indexOf('(');
        if (open < 0) {
            return absent;
        }
        String[] arguments = type.substring(open + 1, type.indexOf(')', open)).split(",");
        return place < arguments.length ? Long.parseLong(arguments[place].trim()) : absent;
    }

    /** Members of an ENUM or SET, each in its quotes. */
    private static List<String> members(String type) {
        List<String> members = new ArrayList<>();
        int start = type.indexOf('(') + 1;
        for (int i = start; i < type.length(); i++) {
            if (type.charAt(i) == '\'') {
                int end = i + 1;
                while (type.charAt(end) != '\'' || type.charAt(end + 1) == '\'') {
                    end += type.charAt(end) == '\\' || type.charAt(end) == '\'' ? 2 : 1;
                }
                members.add(type.substring(i, end + 1));
                i = end;
            }
        }
        return members;
    }
}
