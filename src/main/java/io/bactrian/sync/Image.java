package io.bactrian.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.schema.Column;
import io.bactrian.sql.ExactJson;
import io.bactrian.sql.Kin;
import io.bactrian.sql.SyncRows;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row as JSON.
 *
 * @param json null where there is no row, or where the log has its key only
 */
record Image(String json) {
    static final Image NONE = new Image(null);

    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter();

    boolean exists() {
        return json != null;
    }

    /** Its columns, or null where there is no row. */
    ObjectNode columns() {
        return exists() && node() instanceof ObjectNode columns ? columns : null;
    }

    private JsonNode node() {
        return ExactJson.ofServer(json);
    }

    private String text(Optional<Column> column) {
        if (!exists() || column.isEmpty()) {
            return null;
        }
        JsonNode value = node().get(column.get().name());
        return value == null || value.isNull() ? null : value.asText();
    }

    /** The row's version, or null without one. */
    Long version(SyncRows rows) {
        String text = text(rows.version());
        return text == null ? null : Long.valueOf(Long.parseUnsignedLong(text));
    }

    /** When the row was written as it says itself, in UTC, or null. */
    String modified(SyncRows rows) {
        return modifiedAt(rows).isPresent() ? text(rows.lastModified()) : null;
    }

    /** The same in seconds since 1970. */
    OptionalDouble modifiedAt(SyncRows rows) {
        String text = text(rows.lastModified());
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            LocalDateTime at = LocalDateTime.parse(text, MOMENT);
            return OptionalDouble.of(at.toEpochSecond(ZoneOffset.UTC) + at.getNano() / 1e9);
        } catch (DateTimeParseException e) {
            // a zero date is no moment
            return OptionalDouble.empty();
        }
    }

    /** The name of the row in the log. */
    String recordId(SyncRows rows) {
        return rows.recordId(node());
    }

    /** The record id of the parent it refers to, if it has one. */
    Optional<String> parent(Kin kin) {
        return kin.parentOf(node());
    }

    /** The values as SQL expressions that store them. */
    Map<Column, String> values(SyncRows rows) {
        return rows.values(node());
    }

    /** Whether a column has the same value in both. Numbers are the same if they print so. */
    boolean same(Image other, Column column) {
        return Objects.equals(
                String.valueOf(node().get(column.name())),
                String.valueOf(other.node().get(column.name())));
    }

    /** Whether both rows are there and the same but for version and time, or neither is. */
    boolean sameContents(Image other, SyncRows rows) {
        if (!exists() || !other.exists()) {
            return exists() == other.exists();
        }
        JsonNode mine = node();
        JsonNode others = other.node();
        return rows.contentColumns().stream()
                .allMatch(
                        c ->
                                Objects.equals(
                                        String.valueOf(mine.get(c.name())),
                                        String.valueOf(others.get(c.name()))));
    }
}
