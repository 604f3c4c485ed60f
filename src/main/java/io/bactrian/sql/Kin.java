package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows that hang together by one foreign key. */
public final class Kin {
    private final Table child;
    private final Table parent;
    private final ForeignKey key;

    /**
     * @param key a foreign key of {@code child} that refers to {@code parent}
     */
    public Kin(Table child, ForeignKey key, Table parent) {
        this.child = child;
        this.parent = parent;
        this.key = key;
    }

    public Table child() {
        return child;
    }

    public Table parent() {
        return parent;
    }

    /** The columns of the parent that are referred to. */
    public List<String> parentColumns() {
        return key.parentColumns();
    }

    /** Record ids of the children of each of these parents that has some. */
    public Map<String, List<String>> children(Connection session, Collection<String> parents)
            throws SQLException {
        return pairs(
                session,
                child,
                key.columns(),
                parent,
                key.parentColumns(),
                new RecordId(parent).whereIn(parents));
    }

    /** Record ids of the parents (one, or none) of each of these children that has one. */
    public Map<String, List<String>> parents(Connection session, Collection<String> children)
            throws SQLException {
        return pairs(
                session,
                parent,
                key.parentColumns(),
                child,
                key.columns(),
                new RecordId(child).whereIn(children));
    }

    /**
     * Record id of the parent of a row that may be gone, by its image; empty if it has none, or
     * does not refer to the parent's primary key.
     */
    public Optional<String> parentOf(JsonNode childImage) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < key.columns().size(); i++) {
            JsonNode value = childImage.path(child.column(key.columns().get(i)).name());
            if (value.isNull() || value.isMissingNode()) {
                return Optional.empty();
            }
            names.set(parent.column(key.parentColumns().get(i)).name(), value);
        }
        List<String> primary = parent.primaryKey().orElseThrow().columns();
        return primary.stream().map(parent::column).allMatch(c -> names.has(c.name()))
                ? Optional.of(new RecordId(parent).ofImage(names))
                : Optional.empty();
    }

    /**
     * The rows of {@code wanted} by the rows of {@code given} they go with. The given ones are a
     * derived table, so that columns of one name in both tables stay apart.
     */
    private static Map<String, List<String>> pairs(
            Connection session,
            Table wanted,
            List<String> wantedColumns,
            Table given,
            List<String> givenColumns,
            String where)
            throws SQLException {
        List<String> selected = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < givenColumns.size(); i++) {
            selected.add(quote(givenColumns.get(i)) + " AS g" + i);
            joined.add("w." + quote(wantedColumns.get(i)) + " = g.g" + i);
        }
        String sql =
                "SELECT g.given, "
                        + new RecordId(wanted).of("w")
                        + " FROM (SELECT "
                        + new RecordId(given).of(null)
                        + " AS given, "
                        + String.join(", ", selected)
                        + " FROM "
                        + quote(given.name())
                        + where
                        + ") g JOIN "
                        + quote(wanted.name())
                        + " w ON "
                        + String.join(" AND ", joined);
        Map<String, List<String>> found = new LinkedHashMap<>();
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                found.computeIfAbsent(r.getString(1), g -> new ArrayList<>()).add(r.getString(2));
            }
        }
        return found;
    }
}
