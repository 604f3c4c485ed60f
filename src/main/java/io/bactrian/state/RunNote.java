package io.bactrian.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.error.DataException;
import io.bactrian.sql.Metadata;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run has begun to change and where the way back is. It stands in the target, under the key
 * {@code run/open}, from before the first change until the run has ended well or was undone: one
 * that is found tells of a run that was cut off.
 *
 * @param tables the globs it was meant for
 * @param restoring the backup it puts back; null for one that copies from a source
 * @param backups what holds the target as it was, in the order they were made
 * @param earlier the same of a run that was cut off before and that this one has not gone on with
 * @param structureOnly whether neither run was to write rows: what ends well with the structure
 *     then leaves nothing half done
 */
public record RunNote(
        String runId,
        String tables,
        String restoring,
        List<String> backups,
        List<String> earlier,
        boolean structureOnly,
        Instant startedAt) {
    private static final String FOLDER = "run/";
    private static final String KEY = FOLDER + "open";

    public RunNote {
        backups = List.copyOf(backups);
        earlier = List.copyOf(earlier);
    }

    /**
     * The same with what the run has saved since.
     *
     * @param backup what it puts back now, or null
     */
    public RunNote with(String backup, List<String> saved) {
        LinkedHashSet<String> all = new LinkedHashSet<>(backups);
        all.addAll(saved);
        return new RunNote(
                runId, tables, backup, List.copyOf(all), earlier, structureOnly, startedAt);
    }

    /** The backups that put the target back as nobody had half changed it, in that order. */
    public List<String> wayBack() {
        List<String> all = new ArrayList<>(earlier);
        all.addAll(backups);
        Collections.reverse(all);
        return all;
    }

    /**
     * What a person is told who finds it.
     *
     * @param target name of the database it is in
     */
    public String message(String target) {
        return "run " + runId + " was cut off while it changed " + target;
    }

    /** What mends it. */
    public String hint(String target) {
        String goOn = "the same command as then with --resume goes on";
        String back =
                wayBack().stream()
                        .map(
                                id ->
                                        "`bactrian restore "
                                                + id
                                                + " --into "
                                                + target
                                                + " --drop-extra`")
                        .collect(Collectors.joining(", then "));
        return back.isEmpty() ? goOn : back + " puts it back as it was; " + goOn;
    }

    public static Optional<RunNote> find(Connection target) throws SQLException {
        if (!Metadata.exists(target)) {
            return Optional.empty();
        }
        Optional<String> json = Metadata.get(target, KEY);
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.mapper().readValue(json.get(), RunNote.class));
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "sync_metadata",
                    "the note of the last run cannot be read: " + e.getOriginalMessage(),
                    "delete the row '" + KEY + "' from sync_metadata",
                    false,
                    e);
        }
    }

    public void save(Connection target) throws SQLException {
        Metadata.create(target);
        Metadata.put(target, KEY, Json.line(this));
    }

    /** Takes the note away, and the control table with it if that holds nothing else. */
    public static void clear(Connection target) throws SQLException {
        if (Metadata.exists(target)) {
            Metadata.deleteUnder(target, FOLDER);
            Metadata.dropIfEmpty(target);
        }
    }
}
