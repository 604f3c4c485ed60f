package io.bactrian.schema;

import java.util.List;
import java.util.Objects;

/**
 * One key of a table.
 *
 * @param name null for the primary key
 * @param options what is printed behind the parts and kept as it stands, in its order: {@code USING
 *     HASH}, {@code KEY_BLOCK_SIZE=8}, {@code COMMENT '…'}, {@code WITH PARSER `ngram`}, {@code
 *     INVISIBLE}; empty if none
 */
public record Index(Kind kind, String name, List<Part> parts, List<String> options) {

    /** The option of an index the optimizer does not use. */
    public static final String INVISIBLE = "INVISIBLE";

    /** The word in front of KEY. */
    public enum Kind {
        PRIMARY,
        UNIQUE,
        PLAIN,
        FULLTEXT,
        SPATIAL
    }

    /**
     * One key part: a column, a prefix of one, or an expression.
     *
     * @param column null for an expression
     * @param prefix leading characters or bytes indexed, or null for all
     * @param expression text without the outer parentheses, or null for a column
     */
    public record Part(String column, Integer prefix, String expression, boolean descending) {}

    public Index {
        Objects.requireNonNull(kind);
        parts = List.copyOf(parts);
        options = List.copyOf(options);
    }

    public boolean isUnique() {
        return kind == Kind.PRIMARY || kind == Kind.UNIQUE;
    }

    /**
     * Whether every part is a whole column, so that the key's columns alone tell its entries apart.
     */
    public boolean coversWholeColumns() {
        return parts.stream().allMatch(p -> p.column() != null && p.prefix() == null);
    }

    public boolean hasExpression() {
        return parts.stream().anyMatch(p -> p.expression() != null);
    }

    public boolean isInvisible() {
        return options.contains(INVISIBLE);
    }

    /** The same key with its visibility left out, for comparing all else. */
    public Index withoutVisibility() {
        return new Index(
                kind, name, parts, options.stream().filter(o -> !o.equals(INVISIBLE)).toList());
    }

    /** Column names in key order; null entries stand for expressions. */
    public List<String> columns() {
        return parts.stream().map(Part::column).toList();
    }
}
