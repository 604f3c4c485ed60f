package io.bactrian.analyze;

import io.bactrian.schema.ForeignKey;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import java.util.List;
import java.util.Optional;

/** Foreign keys whose parent is not among the tables that are copied. */
final class ForeignKeyToNowhere implements StructureCheck {
    @Override
    public List<Finding> look(Schema source, Schema target) {
        return source.tables().stream()
                .flatMap(
                        t ->
                                t.foreignKeys().stream()
                                        .map(f -> look(source, target, t, f))
                                        .flatMap(Optional::stream))
                .toList();
    }

    private Optional<Finding> look(Schema source, Schema target, Table table, ForeignKey key) {
        boolean other = key.parentSchema() != null;
        if (!other && source.table(key.parent()).isPresent()) {
            return Optional.empty();
        }
        String parent = other ? key.parentSchema() + "." + key.parent() : key.parent();
        boolean onTarget = !other && target.table(key.parent()).isPresent();
        String message =
                "foreign key "
                        + key.name()
                        + " names "
                        + parent
                        + ", which is not copied"
                        + (onTarget
                                ? "; rows without a parent there may come over"
                                : " and may not be on the target");
        return Optional.of(
                finding(
                        Finding.Severity.WARNING,
                        table.name(),
                        message,
                        other
                                ? "copy database " + key.parentSchema() + " too"
                                : "copy table " + parent + " too"));
    }
}
