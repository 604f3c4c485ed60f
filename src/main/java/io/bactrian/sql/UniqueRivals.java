package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.Column;
import io.bactrian.schema.Index;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows on one side whose unique values a row of the other side is to have. */
final class UniqueRivals {
    private final SyncRows rows;
    private final Table table;
    private final RecordId id;

    UniqueRivals(SyncRows rows) {
        this.rows = rows;
        this.table = rows.table();
        this.id = new RecordId(table);
    }

    /**
     * Rows of {@code to} that hold a unique value which the row has in {@code from}, other than
     * that row itself. Unique keys on expressions are not seen.
     */
    Set<String> of(Connection from, Connection to, String record) throws SQLException {
        Set<String> rivals = new LinkedHashSet<>();
        for (Index index : table.indexes()) {
            if (index.kind() == Index.Kind.UNIQUE && !index.hasExpression()) {
                Optional<String> where = sameIn(from, index, record);
                if (where.isPresent()) {
                    rivals.addAll(
                            SyncRows.ids(
                                    to,
                                    "SELECT "
                                            + id.of(null)
                                            + " FROM "
                                            + quote(table.name())
                                            + where.get()));
                }
            }
        }
        rivals.removeAll(rows.seen(to, List.of(record)));
        return rivals;
    }

    /**
     * {@code WHERE} a unique key has the row's values; empty if one is NULL, or there is no row.
     */
    private Optional<String> sameIn(Connection from, Index index, String record)
            throws SQLException {
        List<Column> keyColumns = index.columns().stream().map(table::column).toList();
        String selected =
                keyColumns.stream()
                        .map(c -> Codec.of(c).keySelected(c))
                        .collect(Collectors.joining(", "));
        List<String> equal = new ArrayList<>();
        try (Statement s = from.createStatement();
                ResultSet r =
                        s.executeQuery(
                                "SELECT "
                                        + selected
                                        + " FROM "
                                        + id.from()
                                        + id.whereIn(List.of(record)))) {
            if (!r.next()) {
                return Optional.empty();
            }
            for (int i = 0; i < keyColumns.size(); i++) {
                byte[] value = r.getBytes(i + 1);
                if (value == null) {
                    return Optional.empty();
                }
                Column column = keyColumns.get(i);
                Codec codec = Codec.of(column);
                String literal = codec.keyLiteral(table, column, codec.keyValue(value));
                Integer prefix = index.parts().get(i).prefix();
                equal.add(
                        prefix == null
                                ? quote(column.name()) + " = " + literal
                                : "LEFT("
                                        + quote(column.name())
                                        + ", "
                                        + prefix
                                        + ") = LEFT("
                                        + literal
                                        + ", "
                                        + prefix
                                        + ")");
            }
        }
        return Optional.of(" WHERE " + String.join(" AND ", equal));
    }
}
