package io.bactrian.structure;

import io.bactrian.sql.DdlSession;
import java.util.List;

/**
 * What is done to one object.
 *
 * @param object the object's name as the user knows it, without its schema
 * @param sql statements to run one after the other in one session
 * @param fallback what to run if the server refuses the definer; null if none is named
 * @param losses why data may be lost, empty if none can be
 * @param notes what the user should know although all is well
 */
public record Statement(
        String object,
        List<String> sql,
        List<String> fallback,
        List<String> losses,
        List<String> notes,
        DdlSession session) {

    public Statement {
        sql = List.copyOf(sql);
        fallback = fallback == null ? null : List.copyOf(fallback);
        losses = List.copyOf(losses);
        notes = List.copyOf(notes);
    }

    /** Statements about a table or the database; lenient with rows if the losses were told. */
    static Statement of(String object, List<String> sql, List<String> losses) {
        DdlSession session = losses.isEmpty() ? DdlSession.strict() : DdlSession.lenient();
        return new Statement(object, sql, null, losses, List.of(), session);
    }

    static Statement of(String object, String sql) {
        return of(object, List.of(sql), List.of());
    }
}
