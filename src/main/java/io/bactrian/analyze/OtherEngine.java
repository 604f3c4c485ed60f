package io.bactrian.analyze;

import io.bactrian.schema.Schema;
import java.util.List;

/** Tables outside InnoDB, which neither a consistent snapshot nor a rollback covers. */
final class OtherEngine implements StructureCheck {
    @Override
    public List<Finding> look(Schema source, Schema target) {
        return source.tables().stream()
                .filter(t -> !"InnoDB".equalsIgnoreCase(t.options().get("ENGINE")))
                .map(
                        t ->
                                finding(
                                        Finding.Severity.WARNING,
                                        t.name(),
                                        "engine "
                                                + t.options().get("ENGINE")
                                                + " has no consistent snapshot and no rollback",
                                        "let nobody write it during the copy, or ALTER TABLE … ENGINE = InnoDB"))
                .toList();
    }
}
