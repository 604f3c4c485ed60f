package io.bactrian.route;

import io.bactrian.backup.BackupWriter;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject.Type;
import io.bactrian.sql.DumpScript;
import io.bactrian.structure.Phase;
import io.bactrian.structure.Statement;
import io.bactrian.structure.StructureOptions;
import io.bactrian.structure.StructurePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The views, routines, triggers and events of a backup. */
final class SavedObjects {
    private SavedObjects() {}

    /** What makes the rest of the structure is what would make it in an empty database. */
    static void write(BackupWriter writer, Schema schema) {
        Schema nothing =
                new Schema(
                        schema.server(),
                        schema.name(),
                        schema.charset(),
                        schema.collation(),
                        schema.tables(),
                        Map.of(),
                        List.of(),
                        null);
        StructurePlan plan = StructurePlan.of(schema, nothing, StructureOptions.DEFAULT);
        Map<String, List<DumpScript.Step>> triggers = new TreeMap<>();
        for (Statement trigger : plan.statements(Phase.TRIGGERS)) {
            String table =
                    schema.object(Type.TRIGGER, trigger.object()).orElseThrow().trigger().table();
            triggers.computeIfAbsent(table, t -> new ArrayList<>()).add(step(trigger));
        }
        List<DumpScript.Step> others = new ArrayList<>();
        for (Phase phase : List.of(Phase.ROUTINES, Phase.VIEWS, Phase.EVENTS)) {
            plan.statements(phase).forEach(s -> others.add(step(s)));
        }
        writer.objects(triggers, others);
    }

    private static DumpScript.Step step(Statement statement) {
        return new DumpScript.Step(statement.session(), statement.sql());
    }
}
