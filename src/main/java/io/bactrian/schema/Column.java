package io.bactrian.schema;

import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One column as SHOW CREATE TABLE tells it. Texts that are absent there are null here, so that what
 * was written out by its owner and what was left to the table's default stay apart: the server
 * keeps them apart too.
 *
 * @param type the type as the server prints it, lower case, with length and attributes: {@code
 *     decimal(10,2) unsigned}
 * @param charset explicit character set, or null for the table's
 * @param collation explicit collation, or null for the character set's or table's
 * @param generated expression of a generated column, without its outer parentheses, or null
 * @param stored whether a generated column is STORED; false for VIRTUAL and for a column that is
 *     not generated
 * @param nullability {@code NOT NULL}, {@code NULL} (printed for TIMESTAMP), or null where nothing
 *     is printed
 * @param defaultValue the text behind DEFAULT, as SQL: a literal, an expression in parentheses,
 *     {@code NULL}; or null
 * @param onUpdate the text behind ON UPDATE, or null
 * @param srid the SRID of a spatial column, or null
 * @param comment decoded comment, or null
 * @param storage what else is printed and kept as it stands (COLUMN_FORMAT, STORAGE,
 *     ENGINE_ATTRIBUTE), or null
 */
public record Column(
        String name,
        String type,
        String charset,
        String collation,
        String generated,
        boolean stored,
        String nullability,
        String defaultValue,
        String onUpdate,
        boolean autoIncrement,
        boolean invisible,
        Long srid,
        String comment,
        String storage) {

    public Column {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }

    public boolean nullable() {
        return !"NOT NULL".equals(nullability);
    }

    /** The same column with another text behind DEFAULT, or with none. */
    public Column withDefault(String otherDefault) {
        return new Column(
                name,
                type,
                charset,
                collation,
                generated,
                stored,
                nullability,
                otherDefault,
                onUpdate,
                autoIncrement,
                invisible,
                srid,
                comment,
                storage);
    }

    /** The same column under another name, its expressions likewise. */
    Column renamed(String otherName, UnaryOperator<String> expressions) {
        return new Column(
                otherName,
                type,
                charset,
                collation,
                expressions.apply(generated),
                stored,
                nullability,
                expressions.apply(defaultValue),
                onUpdate,
                autoIncrement,
                invisible,
                srid,
                comment,
                storage);
    }

    public boolean isGenerated() {
        return generated != null;
    }

    /**
     * The type's first word, lower case: {@code varchar} of {@code varchar(20)}, {@code double} of
     * {@code double unsigned}.
     */
    public String typeName() {
        int end = 0;
        while (end < type.length()
                && (Character.isLetterOrDigit(type.charAt(end)) || type.charAt(end) == '_')) {
            end++;
        }
        return type.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
