package io.bactrian.route;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.bactrian.analyze.Analysis;
import io.bactrian.analyze.Analyzer;
import io.bactrian.data.MappedTable;
import io.bactrian.structure.Statement;
import io.bactrian.structure.StructurePlan;
import java.util.List;
import java.util.stream.Stream;

/** Looks at both structures and changes nothing. */
public final class AnalyzeStep {
    private final Pairs pairs;

    AnalyzeStep(Pairs pairs) {
        this.pairs = pairs;
    }

    Report analyze(Job job) {
        Pair pair = pairs.of(job);
        pair.progress().begin("analyze", 0, 0);
        Analysis analysis =
                Analyzer.analyze(pair.structures().ofSource(), pair.structures().ofTarget());
        StructurePlan plan =
                StructurePlan.of(
                        pair.structures().ofSource(),
                        pair.structures().ofTarget(),
                        StructureStep.options(pair, job));
        List<String> losses =
                plan.lossy().stream()
                        .flatMap(s -> s.losses().stream().map(loss -> s.object() + ": " + loss))
                        .toList();
        List<String> notes =
                Stream.concat(
                                pair.structures().departing().tables().stream()
                                        .map(MappedTable::toString),
                                plan.statements().stream()
                                        .map(Statement::notes)
                                        .flatMap(List::stream)
                                        .distinct())
                        .toList();
        return new Report(analysis, plan.ddl(), losses, notes);
    }

    /**
     * What differs, and what would be done about it.
     *
     * @param ddl the exact statements that make the target's structure equal
     * @param losses what of the target's data they would lose, and why
     */
    public record Report(
            @JsonUnwrapped Analysis analysis,
            List<String> ddl,
            List<String> losses,
            List<String> notes) {}
}
