package io.bactrian.analyze;

import io.bactrian.schema.Schema;
import java.util.List;

/** Tables whose rows have no name. */
final class TableWithoutKey implements StructureCheck {
    @Override
    public List<Finding> look(Schema source, Schema target) {
        return source.tables().stream()
                .filter(t -> t.rowKey().isEmpty())
                .map(
                        t ->
                                finding(
                                        Finding.Severity.INFO,
                                        t.name(),
                                        "no primary key and no unique key of columns that are never NULL: it is copied in one piece and cannot sync",
                                        "add a primary key"))
                .toList();
    }
}
