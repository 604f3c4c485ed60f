package io.bactrian.structure;

import io.bactrian.schema.Schema;
import io.bactrian.sql.DdlSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that makes a target's structure equal to its source's, phase by phase. Each phase is to end
 * before the next begins.
 */
public record StructurePlan(Map<Phase, List<Statement>> phases) {

    public StructurePlan {
        EnumMap<Phase, List<Statement>> copy = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            copy.put(phase, List.copyOf(phases.getOrDefault(phase, List.of())));
        }
        phases = Collections.unmodifiableMap(copy);
    }

    /**
     * The plan for two structures read a moment ago.
     *
     * @throws io.bactrian.error.StructureException if a table stands where a view is wanted and
     *     nothing may be dropped
     */
    public static StructurePlan of(Schema source, Schema target, StructureOptions options) {
        Map<Phase, List<Statement>> phases = new EnumMap<>(Phase.class);
        new TablePlanner(source, target, options).plan(phases);
        new ObjectPlanner(source, target, options).plan(phases);
        return new StructurePlan(phases);
    }

    /** Statements of one phase in their order. */
    public List<Statement> statements(Phase phase) {
        return phases.get(phase);
    }

    /** All statements in their order. */
    public List<Statement> statements() {
        return phases.values().stream().flatMap(List::stream).toList();
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return statements().isEmpty();
    }

    /** Statements that may lose data. */
    public List<Statement> lossy() {
        return statements().stream().filter(s -> !s.losses().isEmpty()).toList();
    }

    /** The exact statements in their order, with the SETs they need in front where these change. */
    public List<String> ddl() {
        List<String> ddl = new ArrayList<>();
        Map<String, Object> session = new HashMap<>();
        for (Statement statement : statements()) {
            Map<String, Object> needs = new LinkedHashMap<>(statement.session().variables());
            needs.entrySet().removeIf(e -> e.getValue().equals(session.get(e.getKey())));
            session.putAll(needs);
            ddl.addAll(new DdlSession(needs).statements());
            ddl.addAll(statement.sql());
        }
        return ddl;
    }
}
