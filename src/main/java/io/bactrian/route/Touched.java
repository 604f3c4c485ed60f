package io.bactrian.route;

import io.bactrian.structure.Phase;
import io.bactrian.structure.Statement;
import io.bactrian.structure.StructurePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a job will change of its target: the tables whose rows go or whose columns are altered.
 *
 * @param tables names of target tables that must be saved with their rows
 * @param anything whether the job changes anything at all
 */
record Touched(Set<String> tables, boolean anything) {
    Touched {
        tables = Set.copyOf(tables);
    }

    static Touched by(Job job, Pair pair) {
        Set<String> names = new HashSet<>();
        boolean replaces = job.copies() && job.mode() == Job.Mode.TRUNCATE;
        if (replaces) {
            pair.structures().copied().forEach(t -> names.add(t.name()));
        }
        StructurePlan plan =
                StructurePlan.of(
                        pair.structures().ofSource(),
                        pair.structures().ofTarget(),
                        StructureStep.options(pair, job));
        for (Phase phase : List.of(Phase.DROPS, Phase.TABLES)) {
            plan.statements(phase).stream().map(Statement::object).forEach(names::add);
        }
        return new Touched(names, replaces || !plan.isEmpty());
    }
}
