package io.bactrian.structure;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Schema;
import io.bactrian.sql.DdlErrors;
import io.bactrian.sql.DdlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries out what a {@link StructurePlan} says. Has no state: statements of a parallel phase may
 * run in several threads.
 */
public final class Structure {
    private Structure() {}

    /**
     * Runs one statement in a session of the target, whose default schema is the one to change, and
     * leaves the session as it was.
     *
     * @return what the user should know although it went well
     * @throws StructureException naming the object, with the server's reason
     */
    public static List<String> apply(Connection target, Statement statement) {
        List<String> notes = new ArrayList<>(statement.notes());
        try {
            if (DdlRunner.run(target, statement.sql(), statement.fallback(), statement.session())) {
                notes.add(
                        statement.object()
                                + ": the account that copies may not name another definer, so it is the definer itself");
            }
        } catch (SQLException e) {
            throw DdlErrors.translate(statement.object(), e);
        }
        return notes;
    }

    /** Runs a whole plan in one session, phase by phase. Returns the notes of all statements. */
    public static List<String> applyAll(Connection target, StructurePlan plan) {
        List<String> notes = new ArrayList<>();
        plan.statements().forEach(s -> notes.addAll(apply(target, s)));
        return notes;
    }

    /**
     * Proves that a target read again is what was wanted. Who is the definer of an object does not
     * count here.
     *
     * @throws StructureException naming every table or object that still differs, with the
     *     statements that were to mend it
     */
    public static void verify(Schema source, Schema target, StructureOptions options) {
        StructurePlan left =
                StructurePlan.of(source, target.withoutAccounts(), options.withoutEmptying());
        if (!left.isEmpty()) {
            String objects =
                    left.statements().stream()
                            .map(Statement::object)
                            .distinct()
                            .collect(Collectors.joining(", "));
            throw new StructureException(
                    objects,
                    "still differs from the source after all statements went through; left to do: "
                            + left.statements().get(0).sql().get(0),
                    "look for settings of the target server that change definitions, such as sql_generate_invisible_primary_key");
        }
    }
}
