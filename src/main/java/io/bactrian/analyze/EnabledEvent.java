package io.bactrian.analyze;

import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import java.util.List;

/** Events that will run on both sides. */
final class EnabledEvent implements StructureCheck {
    @Override
    public List<Finding> look(Schema source, Schema target) {
        return source.objects(StoredObject.Type.EVENT).stream()
                .filter(e -> e.create().contains(" ENABLE"))
                .map(
                        e ->
                                finding(
                                        Finding.Severity.WARNING,
                                        e.name(),
                                        "the event is enabled, so it will run on the target too",
                                        "switch it off on one side if it must run only once"))
                .toList();
    }
}
