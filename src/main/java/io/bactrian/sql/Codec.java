package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.error.DataException;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How the values of one column travel bit for bit: read as text-protocol bytes, written by LOAD
 * DATA (or INSERT) as binary, digested in the server, and used as a key. One codec for each family
 * of MySQL types; what each works around is a measured habit of the server.
 */
public enum Codec {
    /** Integers, DECIMAL, YEAR: their text is exact and holds no byte that needs escaping. */
    NUMBER,
    /** FLOAT's text keeps six digits only, that of DOUBLE(m,d) is cut to d digits. */
    REAL,
    /** Temporals: text is exact, in UTC, zero and invalid dates included. */
    TEMPORAL,
    /** CHAR and VARCHAR, in the bytes they are stored in. */
    TEXT,
    /** BINARY and VARBINARY. */
    BINARY,
    /**
     * TEXT and BLOB types: digested by themselves, for a row of them may exceed max_allowed_packet.
     */
    LARGE,
    /** LOAD DATA refuses JSON from a binary stream. JSON's own null stays apart from SQL's. */
    JSON,
    /** Internal form: SRID and WKB. */
    SPATIAL,
    /** Its text-protocol bytes are the bits; its number is its name. */
    BIT,
    /**
     * Travels as text; compares and sorts as its number, and number 0 ('' from an ignored error) is
     * not the member ''.
     */
    MEMBER;

    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?");
    private static final Pattern CLOCK = Pattern.compile("[-0-9:. ]+");
    private static final Pattern CHARSET = Pattern.compile("[a-z0-9_]+");

    /**
     * The codec of a column's type.
     *
     * @throws DataException for a type that is not known to come back bit for bit
     */
    public static Codec of(Column column) {
        return switch (column.typeName()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" -> NUMBER;
            case "float", "double" -> REAL;
            case "date", "datetime", "timestamp", "time" -> TEMPORAL;
            case "char", "varchar" -> TEXT;
            case "binary", "varbinary" -> BINARY;
            case "tinytext", "text", "mediumtext", "longtext" -> LARGE;
            case "tinyblob", "blob", "mediumblob", "longblob" -> LARGE;
            case "json" -> JSON;
            case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring" ->
                    SPATIAL;
            case "multipolygon", "geomcollection", "geometrycollection" -> SPATIAL;
            case "bit" -> BIT;
            case "enum", "set" -> MEMBER;
            default ->
                    throw new DataException(
                            column.name(),
                            "type " + column.type() + " is not known to arrive bit for bit",
                            "leave the table out with --tables");
        };
    }

    /** What to select so that {@code getBytes} gives a value that {@link #loaded} takes. */
    String selected(Column column) {
        String name = quote(column.name());
        return switch (this) {
            case REAL -> real(column);
            case MEMBER -> number(name);
            default -> name;
        };
    }

    /** Whether a value is plain ASCII text without a tab, a newline or a backslash. */
    boolean isPlain() {
        return this == NUMBER || this == REAL || this == TEMPORAL || this == MEMBER;
    }

    /** What a value given as {@code parameter} (a user variable or a placeholder) is stored as. */
    String loaded(String parameter) {
        return switch (this) {
            case JSON -> "CONVERT(" + parameter + " USING utf8mb4)";
            // as a string it would be looked for among the members first
            case MEMBER -> "CAST(" + parameter + " AS UNSIGNED)";
            default -> parameter;
        };
    }

    /**
     * The value's part of a row's digest: an expression that is never NULL, and whose text never
     * leaves open where one value ends and the next begins ({@code 'a#b','c'} against {@code
     * 'a','b#c'}): lengths in front, or a comma behind what holds none.
     */
    String digested(Column column) {
        String name = quote(column.name());
        return switch (this) {
            case NUMBER, TEMPORAL -> orNull(name, column) + ",','";
            case REAL -> orNull(real(column), column) + ",','";
            case BIT -> orNull(name + "+0", column) + ",','";
            case MEMBER -> orNull(number(name), column) + ",','";
            case TEXT, BINARY -> counted(name, "CAST(" + name + " AS BINARY)", column);
            case LARGE, SPATIAL -> orNull("SHA2(" + name + ",256)", column);
            // as text, in which JSON null is not SQL NULL, and 1.0 is not 1
            case JSON ->
                    orNull("SHA2(CAST(" + name + " AS CHAR CHARACTER SET utf8mb4),256)", column);
        };
    }

    /** {@code +0} would go through DOUBLE, and lose members of a SET of more than 53. */
    private static String number(String member) {
        return "CAST(" + member + " AS UNSIGNED)";
    }

    /**
     * The text of a DOUBLE inside of CONCAT is cut to 22 characters by MySQL (8.0): of a cast that
     * leaves 15 digits or more, of a column all, but small numbers then have an exponent which they
     * have not where they are sent, nor in MariaDB. JSON's text has all digits and is the same on
     * all servers, but for a fraction of whole numbers; it takes three times as long (300,000 rows
     * with three numbers: 1.5 s against 0.5 s), so only small numbers pay that, and DOUBLE(m,d) and
     * ZEROFILL, whose own text is cut or padded.
     */
    private static String real(Column column) {
        String name = quote(column.name());
        boolean isFloat = column.typeName().equals("float");
        String value = isFloat ? "CAST(" + name + " AS DOUBLE)" : name;
        String json =
                "NULLIF(TRIM(TRAILING '.0' FROM TRIM(TRAILING ']' FROM SUBSTR(JSON_ARRAY(CAST("
                        + name
                        + " AS DOUBLE)),2))),'null')";
        boolean plain =
                isFloat
                        || column.type().equals("double")
                        || column.type().equals("double unsigned");
        return plain
                ? "IF("
                        + value
                        + "<>0 AND ABS("
                        + value
                        + ")<0.01,"
                        + json
                        + ",CONCAT("
                        + value
                        + "))"
                : json;
    }

    private static String orNull(String value, Column column) {
        return column.nullable() ? "IFNULL(" + value + ",'N')" : value;
    }

    private static String counted(String name, String bytes, Column column) {
        return column.nullable()
                ? "IFNULL(LENGTH(" + name + "),'N'),':',IFNULL(" + bytes + ",'')"
                : "LENGTH(" + name + "),':'," + bytes;
    }

    /** What to select so that {@link #keyValue} can name the value of a key column. */
    String keySelected(Column column) {
        return switch (this) {
            case BIT -> quote(column.name()) + "+0";
            default -> selected(column);
        };
    }

    /** A key value as plain text that survives JSON: digits, a time, or bytes in hex. */
    String keyValue(byte[] selected) {
        return switch (this) {
            case NUMBER, REAL, TEMPORAL, BIT, MEMBER ->
                    new String(selected, StandardCharsets.US_ASCII);
            default -> HexFormat.of().formatHex(selected);
        };
    }

    /**
     * A key value as a literal that compares with its column by the column's own rules and through
     * its index.
     *
     * @throws DataException if the text is not of this codec's form, as it may be in a message from
     *     outside
     */
    String keyLiteral(Table table, Column column, String value) {
        return switch (this) {
            case NUMBER, BIT, MEMBER -> checked(DIGITS, value);
            // a decimal literal would be compared as decimal; facts 1 and 19 of the design
            case REAL -> checked(DIGITS, value) + (value.indexOf('e') < 0 ? "e0" : "");
            case TEMPORAL -> '\'' + checked(CLOCK, value) + '\'';
            case TEXT ->
                    '_' + checked(CHARSET, table.charsetOf(column)) + " x'" + hex(value) + '\'';
            default -> "x'" + hex(value) + '\'';
        };
    }

    private static String checked(Pattern form, String value) {
        if (!form.matcher(value).matches()) {
            throw new DataException("key", "not a key value: " + value, "");
        }
        return value;
    }

    private static String hex(String value) {
        return HexFormat.of().formatHex(HexFormat.of().parseHex(value));
    }
}
