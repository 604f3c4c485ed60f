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
import java.util.TreeSet;
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

    /**
     * What becomes of rows.
     *
     * @param columns those that change; empty if the rows stay as they are
     */
    private record Fate(boolean isGone, Set<String> columns) {
        static final Fate GONE = new Fate(true, Set.of());
        private static final Fate NOTHING = new Fate(false, Set.of());

        static Fate anyColumn(Table table) {
            return changed(table.columns().stream().map(c -> c.name()).toList());
        }

        private static Fate changed(Collection<String> columns) {
            Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            set.addAll(columns);
            return new Fate(false, set);
        }

        boolean isNothing() {
            return !isGone && columns.isEmpty();
        }

        /** What becomes of the children of such rows. */
        Fate below(Edge edge) {
            if (!isGone && edge.key().parentColumns().stream().noneMatch(columns::contains)) {
                return NOTHING;
            }
            String action = isGone ? edge.key().onDelete() : edge.key().onUpdate();
            if (isGone && "CASCADE".equals(action)) {
                return GONE;
            }
            return changes(action) ? changed(edge.key().columns()) : NOTHING;
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
                "OLD",
                Fate.GONE,
                (e, fate, with, from) -> {
                    if (fate.isGone()) {
                        statements.add(log(e, "DELETE", with, from));
                    } else {
                        statements.add(log(e, rekeyed(e) ? "DELETE" : "UPDATE", with, from));
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
                "OLD",
                Fate.anyColumn(table),
                (e, fate, with, from) ->
                        statements.add(log(e, rekeyed(e) ? "DELETE" : "UPDATE", with, from)));
        return whereReferredChanged(statements);
    }

    /** After a row changed: the rows below that have another key with it. */
    List<String> afterUpdate() {
        List<String> statements = new ArrayList<>();
        descend(
                statements,
                table,
                List.of(),
                "NEW",
                Fate.anyColumn(table),
                (e, fate, with, from) -> {
                    if (rekeyed(e)) {
                        statements.add(log(e, "INSERT", with, from));
                    }
                });
        return whereReferredChanged(statements);
    }

    private static boolean rekeyed(Edge edge) {
        return edge.touchesChildKey() && "CASCADE".equals(edge.key().onUpdate());
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
        /**
         * @param fate what becomes of the children
         */
        void at(Edge edge, Fate fate, String with, String from);
    }

    /**
     * Visits the foreign keys below a table by which something happens, each with the query of the
     * children it happens to.
     *
     * @param steps common table expressions of the rows above, the last of them {@code n<depth>}
     * @param row the row at the top, {@code OLD} or {@code NEW}
     * @param fate what becomes of the parent's rows
     */
    private void descend(
            List<String> statements,
            Table parent,
            List<String> steps,
            String row,
            Fate fate,
            Visit visit) {
        int depth = steps.size();
        boolean isClosed = depth > 0 && steps.get(depth - 1).contains(" UNION SELECT ");
        for (Edge edge : of(parent)) {
            Fate next = fate.below(edge);
            if (next.isNothing() || (isClosed && edge.isSelf() && next.isGone())) {
                // in the latter case the step holds them already
                continue;
            }
            if (statements.size() > MOST_STATEMENTS) {
                throw new StructureException(
                        table.name(),
                        "its foreign keys form cycles that too many ways lead through",
                        "leave it out of sync with --tables");
            }
            String rows = depth == 0 ? seed(edge, row) : joined(edge, depth);
            boolean goesOn = of(edge.child()).stream().anyMatch(e -> !next.below(e).isNothing());
            if (goesOn && depth < DEEPEST) {
                List<String> more = new ArrayList<>(steps);
                more.add(step(edge, rows, depth + 1, next));
                visit.at(edge, next, with(more), fromStep(edge, depth + 1));
                descend(statements, edge.child(), more, row, next, visit);
            } else {
                visit.at(edge, next, with(steps), rows);
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
    private String step(Edge edge, String rows, int depth, Fate fate) {
        String columns =
                columns(edge.child()).stream()
                        .map(c -> "c." + quote(c))
                        .collect(Collectors.joining(", "));
        String names =
                columns(edge.child()).stream().map(Names::quote).collect(Collectors.joining(", "));
        List<Edge> selves =
                of(edge.child()).stream()
                        .filter(Edge::isSelf)
                        .filter(e -> fate.below(e).isGone())
                        .toList();
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
