package io.bactrian.analyze;

import io.bactrian.analyze.Analysis.Difference;
import io.bactrian.schema.Column;
import io.bactrian.schema.Index;
import io.bactrian.schema.Table;
import io.bactrian.sql.CreateTablePrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Lists what differs between two tables of one name, thing by thing. */
final class TableComparer {
    private final List<Difference> differences = new ArrayList<>();

    private TableComparer() {}

    static List<Difference> compare(Table source, Table target) {
        TableComparer comparer = new TableComparer();
        comparer.compare("column", columns(source), columns(target));
        comparer.compareOrder("column order", columns(source).keySet(), columns(target).keySet());
        comparer.compare("index", indexes(source), indexes(target));
        comparer.compareOrder("index order", indexes(source).keySet(), indexes(target).keySet());
        comparer.compare(
                "foreign key",
                texts(source.foreignKeys(), f -> f.name(), CreateTablePrinter::foreignKey),
                texts(target.foreignKeys(), f -> f.name(), CreateTablePrinter::foreignKey));
        comparer.compare(
                "check",
                texts(source.checks(), c -> c.name(), CreateTablePrinter::check),
                texts(target.checks(), c -> c.name(), CreateTablePrinter::check));
        comparer.compare("option", source.options(), target.options());
        comparer.compare("partitioning", "", source.partitioning(), target.partitioning());
        return comparer.differences;
    }

    private static Map<String, String> columns(Table table) {
        return texts(
                table.columns(), Column::name, c -> CreateTablePrinter.column(table.server(), c));
    }

    private static Map<String, String> indexes(Table table) {
        return texts(
                table.indexes(),
                i -> i.kind() == Index.Kind.PRIMARY ? "PRIMARY" : i.name(),
                i -> CreateTablePrinter.index(table.server(), i));
    }

    private static <T> Map<String, String> texts(
            List<T> things, Function<T, String> name, Function<T, String> text) {
        Map<String, String> texts = new LinkedHashMap<>();
        things.forEach(t -> texts.put(name.apply(t), text.apply(t)));
        return texts;
    }

    private void compare(String kind, Map<String, String> source, Map<String, String> target) {
        Set<String> names = new LinkedHashSet<>(source.keySet());
        names.addAll(target.keySet());
        names.forEach(n -> compare(kind, n, source.get(n), target.get(n)));
    }

    private void compare(String kind, String name, String source, String target) {
        if (!Objects.equals(source, target)) {
            differences.add(new Difference(kind, name, source, target));
        }
    }

    /** Order of what both sides have. */
    private void compareOrder(String kind, Set<String> source, Set<String> target) {
        List<String> first = source.stream().filter(target::contains).toList();
        List<String> second = target.stream().filter(source::contains).toList();
        compare(kind, "", String.join(", ", first), String.join(", ", second));
    }
}
