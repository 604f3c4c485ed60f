package io.bactrian.analyze;

import io.bactrian.schema.Schema;
import java.util.List;

/** Objects whose definer the target does not know. */
final class AbsentDefiner implements StructureCheck {
    @Override
    public List<Finding> look(Schema source, Schema target) {
        if (target.accounts() == null) {
            return List.of();
        }
        return source.objects().stream()
                .filter(o -> !target.accounts().contains(o.definer()))
                .map(
                        o ->
                                finding(
                                        Finding.Severity.WARNING,
                                        o.name(),
                                        "its definer "
                                                + o.definer()
                                                + " is not on the target; the account that copies becomes its definer",
                                        "create the account on the target first if the object is to run with its rights"))
                .toList();
    }
}
