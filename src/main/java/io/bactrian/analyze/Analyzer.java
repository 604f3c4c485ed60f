package io.bactrian.analyze;

import io.bactrian.analyze.Analysis.ObjectComparison;
import io.bactrian.analyze.Analysis.Status;
import io.bactrian.analyze.Analysis.TableComparison;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Compares a target's structure with its source's. */
public final class Analyzer {
    /** In name order. */
    private static final List<StructureCheck> CHECKS =
            List.of(
                    new AbsentDefiner(),
                    new EnabledEvent(),
                    new ForeignKeyToNowhere(),
                    new OtherEngine(),
                    new TableWithoutKey());

    private Analyzer() {}

    public static Analysis analyze(Schema source, Schema target) {
        List<TableComparison> tables = tables(source, target);
        List<ObjectComparison> objects = objects(source, target);
        boolean equal =
                tables.stream().allMatch(t -> t.status() == Status.EQUAL)
                        && objects.stream().allMatch(o -> o.status() == Status.EQUAL);
        List<Finding> findings =
                CHECKS.stream().flatMap(c -> c.look(source, target).stream()).toList();
        return new Analysis(equal, tables, objects, findings);
    }

    private static List<TableComparison> tables(Schema source, Schema target) {
        TreeSet<String> names = new TreeSet<>();
        source.tables().forEach(t -> names.add(t.name()));
        target.tables().forEach(t -> names.add(t.name()));
        return names.stream().map(n -> compare(n, source.table(n), target.table(n))).toList();
    }

    private static TableComparison compare(
            String name, Optional<Table> source, Optional<Table> target) {
        if (source.isEmpty() || target.isEmpty()) {
            return new TableComparison(
                    name, source.isEmpty() ? Status.EXTRA : Status.MISSING, List.of());
        }
        return source.get().sameStructure(target.get())
                ? new TableComparison(name, Status.EQUAL, List.of())
                : new TableComparison(
                        name, Status.DIFFERENT, TableComparer.compare(source.get(), target.get()));
    }

    private static List<ObjectComparison> objects(Schema source, Schema target) {
        List<ObjectComparison> objects = new ArrayList<>();
        boolean sameDefaults =
                source.charset().equals(target.charset())
                        && source.collation().equals(target.collation());
        objects.add(
                new ObjectComparison(
                        "DATABASE", target.name(), sameDefaults ? Status.EQUAL : Status.DIFFERENT));
        for (StoredObject object : source.objects()) {
            Status status =
                    target.object(object.type(), object.name())
                            .map(
                                    there ->
                                            isEqual(source, object, target, there)
                                                    ? Status.EQUAL
                                                    : Status.DIFFERENT)
                            .orElse(Status.MISSING);
            objects.add(new ObjectComparison(object.type().name(), object.name(), status));
        }
        target.objects().stream()
                .filter(o -> source.object(o.type(), o.name()).isEmpty())
                .forEach(
                        o ->
                                objects.add(
                                        new ObjectComparison(
                                                o.type().name(), o.name(), Status.EXTRA)));
        return objects;
    }

    private static boolean isEqual(
            Schema source, StoredObject object, Schema target, StoredObject there) {
        return object.isMetBy(there, target.accounts())
                && (object.trigger() == null
                        || place(object, source, target) == place(there, target, source));
    }

    /** How many triggers that both sides have fire before this one. */
    private static long place(StoredObject trigger, Schema own, Schema other) {
        return own.objects(StoredObject.Type.TRIGGER).stream()
                .filter(
                        t ->
                                t.trigger().table().equals(trigger.trigger().table())
                                        && t.trigger().moment().equals(trigger.trigger().moment())
                                        && t.trigger().order() < trigger.trigger().order())
                .filter(t -> other.object(StoredObject.Type.TRIGGER, t.name()).isPresent())
                .count();
    }
}
