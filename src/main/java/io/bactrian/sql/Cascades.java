package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.error.StructureException;
import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What foreign keys do to the rows of other tables when one of a parent goes or changes its key:
 * the server fires no trigger for it, so that the parent's triggers log it, to any depth.
 */
final class Cascades {
    /** The server itself stops there. */
    private static final int DEEPEST = 15;

    private static final int MOST_STATEMENTS = 300;

    /** A foreign key and the two tables it joins. */
    private record Edge(Table child, ForeignKey key, Table parent) {
        boolean isSelf() {
            return child.name().equals(parent.name());
        }

        boolean touchesChildKey() {
            List<String> primary = child.primaryKey().map(k -> k.columns()).orElse(List.of());
            return key.columns().stream().anyMatch(primary::contains);
        }
    }

    private final Table table;
    private final boolean full;
    private final List<Edge> edges = new ArrayList<>();

    Cascades(Table table, Collection<Table> all, boolean full) {
        this.table = table;
        this.full = full;
        for (Table child : all) {
            for (ForeignKey key : child.foreignKeys()) {
                if (key.parentSchema() == null && child.primaryKey().isPresent()) {
                    all.stream()
                            .filter(t -> t.name().equals(key.parent()))
                            .forEach(parent -> edges.add(new Edge(child, key, parent)));
                }
            }
        }
    }

    /** Before a row goes: those that go with it, and those that lose their parent. */
    List<String> ofDelete() {
        List<String> statements = new ArrayList<>();
        descend(
                statements,
                table,
                List.of(),
                0,
                e -> "CASCADE".equals(e.key().onDelete()),
                (e, with, from) -> {
                    if ("CASCADE".equals(e.key().onDelete())) {
                        statements.add(log(e, "DELETE", with, from));
                    } else if (changes(e.key().onDelete())) {
                        statements.add(log(e, "UPDATE", with, from));
                    }
                });
        return statements;
    }

    /** Before a row changes: the children as they are with the old key. */
    List<String> beforeUpdate() {
        List<String> statements = new ArrayList<>();
        descend(
                statements,
                table,
                List.of(),
                0,
                e -> "CASCADE".equals(e.key().onUpdate()),
                (e, with, from) -> {
                    if (changes(e.key().onUpdate())) {
                        String operation = e.touchesChildKey() ? "DELETE" : "UPDATE";
                        statements.add(log(e, operation, with, from));
                    }
                });
        return whereReferredChanged(statements);
    }

    /** After a row changed: children that have another key with it. */
    List<String> afterUpdate() {
        List<String> statements = new ArrayList<>();
        for (Edge edge : of(table)) {
            if ("CASCADE".equals(edge.key().onUpdate())) {
                if (edge.touchesChildKey()) {
                    statements.add(log(edge, "INSERT", "", seed(edge, "NEW")));
                }
            }
        }
        return whereReferredChanged(statements);
    }

    private static boolean changes(String action) {
        return "CASCADE".equals(action)
                || "SET NULL".equals(action)
                || "SET DEFAULT".equals(action);
    }

    private List<String> whereReferredChanged(List<String> statements) {
        if (statements.isEmpty()) {
            return statements;
        }
        List<String> columns =
                of(table).stream()
                        .flatMap(e -> e.key().parentColumns().stream())
                        .distinct()
                        .toList();
        List<String> guarded = new ArrayList<>();
        guarded.add(
                "IF "
                        + CaptureTriggers.changed(columns.stream().map(table::column).toList())
                        + " THEN");
        guarded.addAll(statements);
        guarded.add("END IF;");
        return guarded;
    }

    private List<Edge> of(Table parent) {
        return edges.stream().filter(e -> e.parent().name().equals(parent.name())).toList();
    }

    /** What is done about the children of one foreign key. */
    @FunctionalInterface
    private interface Visit {
        void at(Edge edge, String with, String from);
    }

    /**
     * Visits the foreign keys below a table, each with the query of the children it has in hand.
     *
     * @param steps common table expressions of the rows above, the last of them {@code n<depth>}
     * @param goesOn whether the children's own children are touched as well
     */
    private void descend(
            List<String> statements,
            Table parent,
            List<String> steps,
            int depth,
            Predicate<Edge> goesOn,
            Visit visit) {
        boolean isClosed = depth > 0 && steps.get(depth - 1).contains(" UNION SELECT ");
        for (Edge edge : of(parent)) {
            if (isClosed && edge.isSelf()) {
                // the step holds them already
                continue;
            }
            if (statements.size() > MOST_STATEMENTS) {
                throw new StructureException(
                        table.name(),
                        "its foreign keys form cycles that too many ways lead through",
                        "leave it out of sync with --tables");
            }
            String rows = depth == 0 ? seed(edge, "OLD") : joined(edge, depth);
            boolean closes = edge.isSelf() && goesOn.test(edge);
            boolean on = goesOn.test(edge) && !of(edge.child()).isEmpty() && depth < DEEPEST;
            if (closes || on) {
                List<String> next = new ArrayList<>(steps);
                next.add(step(edge, rows, depth + 1, goesOn));
                visit.at(edge, with(next), fromStep(edge, depth + 1));
                descend(statements, edge.child(), next, depth + 1, goesOn, visit);
            } else {
                visit.at(edge, with(steps), rows);
            }
        }
    }

    private String seed(Edge edge, String row) {
        return "FROM " + quote(edge.child().name()) + " c WHERE " + matches(edge, "c", row);
    }

    private String joined(Edge edge, int depth) {
        return "FROM "
                + quote(edge.child().name())
                + " c JOIN n"
                + depth
                + " p ON "
                + matches(edge, "c", "p");
    }

    private String matches(Edge edge, String child, String parent) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < edge.key().columns().size(); i++) {
            equal.add(
                    child
                            + "."
                            + quote(edge.key().columns().get(i))
                            + " = "
                            + parent
                            + "."
                            + quote(edge.key().parentColumns().get(i)));
        }
        return String.join(" AND ", equal);
    }

    /** The children as a common table expression; with all of the same table below them. */
    private String step(Edge edge, String rows, int depth, Predicate<Edge> goesOn) {
        String columns =
                columns(edge.child()).stream()
                        .map(c -> "c." + quote(c))
                        .collect(Collectors.joining(", "));
        String names =
                columns(edge.child()).stream().map(Names::quote).collect(Collectors.joining(", "));
        List<Edge> selves = of(edge.child()).stream().filter(Edge::isSelf).filter(goesOn).toList();
        StringBuilder step = new StringBuilder();
        step.append("n" + depth + " (" + names + ") AS (SELECT " + columns + " " + rows);
        if (!selves.isEmpty()) {
            step.append(" UNION SELECT ")
                    .append(columns)
                    .append(" FROM ")
                    .append(quote(edge.child().name()))
                    .append(" c JOIN n" + depth + " p ON ")
                    .append(
                            selves.stream()
                                    .map(s -> "(" + matches(s, "c", "p") + ")")
                                    .collect(Collectors.joining(" OR ")));
        }
        return step.append(")").toString();
    }

    /** What is needed of a row to find it again, and to find those that refer to it. */
    private Set<String> columns(Table of) {
        Set<String> columns = new LinkedHashSet<>(of.primaryKey().orElseThrow().columns());
        of(of).forEach(e -> columns.addAll(e.key().parentColumns()));
        return columns;
    }

    private static String with(List<String> steps) {
        return steps.isEmpty() ? "" : "WITH RECURSIVE " + String.join(", ", steps);
    }

    private String fromStep(Edge edge, int depth) {
        return "FROM "
                + quote(edge.child().name())
                + " c JOIN n"
                + depth
                + " s ON "
                + edge.child().primaryKey().orElseThrow().columns().stream()
                        .map(c -> "c." + quote(c) + " = s." + quote(c))
                        .collect(Collectors.joining(" AND "));
    }

    private String log(Edge edge, String operation, String with, String from) {
        Table child = edge.child();
        String version =
                new SyncRows(child, 1).version().map(v -> "c." + quote(v.name())).orElse("NULL");
        String image = full && !operation.equals("INSERT") ? new RowImage(child).of("c") : "NULL";
        return LogEntry.select(
                child, operation, new RecordId(child).of("c"), version, image, with, from, full);
    }
}
