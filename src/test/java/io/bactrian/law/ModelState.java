package io.bactrian.law;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bactrian.law.ModelShape.Field;
import io.bactrian.law.ModelShape.Kind;
import io.bactrian.law.ModelShape.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one side holds, read by plain statements. Rows by table and key; their columns as text. */
record ModelState(Map<String, Map<String, Map<String, String>>> tables) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A recorded conflict; an image is null where there was no row. */
    record Conflict(
            String table,
            String type,
            Map<String, String> base,
            Map<String, String> local,
            Map<String, String> remote,
            String resolution) {}

    static ModelState read(Connection session, ModelShape shape) throws SQLException {
        Map<String, Map<String, Map<String, String>>> tables = new TreeMap<>();
        for (Table table : shape.tables()) {
            tables.put(table.name(), rows(session, table));
        }
        return new ModelState(tables);
    }

    private static Map<String, Map<String, String>> rows(Connection session, Table table)
            throws SQLException {
        List<Field> fields = shown(table);
        String key =
                String.join(", '/', ", table.key().stream().map(ModelMoves::identity).toList());
        String columns = String.join(", ", fields.stream().map(ModelMoves::shown).toList());
        Map<String, Map<String, String>> rows = new TreeMap<>();
        try (Statement s = session.createStatement();
                ResultSet r =
                        s.executeQuery(
                                "SELECT CONCAT("
                                        + key
                                        + "), "
                                        + columns
                                        + " FROM "
                                        + table.name()
                                        // those of others than the moves have a check of their own
                                        + " WHERE v IS NULL OR v < "
                                        + ModelWriters.FIRST)) {
            while (r.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < fields.size(); i++) {
                    row.put(fields.get(i).name(), r.getString(i + 2));
                }
                rows.put(r.getString(1), row);
            }
        }
        return rows;
    }

    /** All columns but those that sync keeps itself. */
    private static List<Field> shown(Table table) {
        List<Field> all = new ArrayList<>(table.key());
        all.add(new Field("v", Kind.INTEGER, false, null));
        all.addAll(table.fields());
        return all;
    }

    /** Columns whose value in an image is plain text, as here. */
    private static List<Field> comparable(Table table) {
        return shown(table).stream().filter(f -> f.kind() != Kind.COMPUTED).toList();
    }

    /** Whether an image is that of the row. */
    static boolean shows(Map<String, String> image, Table table, Map<String, String> row) {
        return image != null
                && comparable(table).stream()
                        .map(Field::name)
                        .allMatch(c -> Objects.equals(image.get(c), row.get(c)));
    }

    Map<String, String> row(String table, String key) {
        return tables.get(table).get(key);
    }

    /** The conflicts of both databases. */
    static List<Conflict> conflicts(ModelShape shape, Connection... sides) throws SQLException {
        List<Conflict> conflicts = new ArrayList<>();
        for (Connection side : sides) {
            try (Statement s = side.createStatement();
                    ResultSet r =
                            s.executeQuery(
                                    "SELECT table_name, conflict_type, base_data, local_data, remote_data, resolution FROM sync_conflicts")) {
                while (r.next()) {
                    String name = r.getString(1);
                    Table table =
                            shape.tables().stream()
                                    .filter(t -> t.name().equals(name))
                                    .findFirst()
                                    .orElseThrow();
                    conflicts.add(
                            new Conflict(
                                    name,
                                    r.getString(2),
                                    image(table, r.getString(3)),
                                    image(table, r.getString(4)),
                                    image(table, r.getString(5)),
                                    r.getString(6)));
                }
            }
        }
        return conflicts;
    }

    private static Map<String, String> image(Table table, String json) {
        if (json == null) {
            return null;
        }
        try {
            JsonNode node = JSON.readTree(json);
            Map<String, String> row = new LinkedHashMap<>();
            for (Field field : comparable(table)) {
                JsonNode value = node.get(field.name());
                row.put(
                        field.name(),
                        value == null || value.isNull()
                                ? null
                                : field.kind() == Kind.TEXT
                                        ? HexFormat.of()
                                                .withUpperCase()
                                                .formatHex(
                                                        value.asText()
                                                                .getBytes(StandardCharsets.UTF_8))
                                        : value.asText());
            }
            return row;
        } catch (java.io.IOException e) {
            throw new AssertionError(json, e);
        }
    }

    /** Whether a conflict is about the row with this key, as one of its images shows it. */
    static boolean isAbout(Conflict conflict, Table table, Map<String, String> row) {
        return Stream.of(conflict.base(), conflict.local(), conflict.remote())
                .filter(Objects::nonNull)
                .anyMatch(
                        image ->
                                table.key().stream()
                                        .allMatch(
                                                f ->
                                                        Objects.equals(
                                                                image.get(f.name()),
                                                                row.get(f.name()))));
    }
}
