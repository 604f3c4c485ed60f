package io.bactrian.sync;

import io.bactrian.schema.Table;
import io.bactrian.sql.AdvisoryLock;
import io.bactrian.sql.LogPurge;
import io.bactrian.sql.LogStatus;
import io.bactrian.sql.Metadata;
import io.bactrian.sql.SyncConflicts;
import io.bactrian.sql.SyncRows;
import io.bactrian.sql.SyncSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One round of a pair: what both sides changed since they last agreed is carried to the other, in
 * batches, and proved to have arrived. While it is open no other round works on either database.
 */
public final class Round implements AutoCloseable {
    /** Passes over what is left; more would chase a busy writer. */
    private static final int MOST_PASSES = 4;

    private final String id;
    private final RoundSettings settings;
    private final List<String> order = new ArrayList<>();
    private final Kinship kinship;
    private final Link link;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final Set<InHand> inHand = ConcurrentHashMap.newKeySet();
    private final Map<Side, Long> conflictsBefore = new EnumMap<>(Side.class);

    private Arbiter arbiter;
    private double clockOffset;
    private int passes;

    /** A row that a batch is at. */
    private record InHand(String table, String record) {}

    private Round(String id, Sides sides, List<SyncTable> tables, RoundSettings settings) {
        this.id = id;
        this.settings = settings;
        List<Table> all = tables.stream().map(SyncTable::table).toList();
        this.kinship = new Kinship(all, settings.batchSize());
        tables.stream().filter(SyncTable::syncs).map(SyncTable::name).forEach(order::add);
        this.link = new Link(id, sides);
    }

    /**
     * Begins a round: keeps others off both databases, does what an earlier round left undone, and
     * compares the clocks.
     *
     * @param id names the round in logs, tokens and {@code @bactrian_origin}
     * @param tables all tables of the pair, parents first
     * @throws io.bactrian.error.DataException if another run works on one of the databases
     */
    public static Round begin(
            String id, Sides sides, List<SyncTable> tables, RoundSettings settings) {
        Round round = new Round(id, sides, tables, settings);
        try {
            round.held.push(AdvisoryLock.take(sides.local()));
            round.held.push(AdvisoryLock.take(sides.remote()));
            for (Side side : Side.values()) {
                round.link.carryOutTokens(side);
            }
            for (Side side : Side.values()) {
                round.conflictsBefore.put(side, round.link.ask(side, SyncConflicts::last));
            }
            round.clockOffset =
                    round.link.ask(Side.REMOTE, SyncSession::clockAhead)
                            - round.link.ask(Side.LOCAL, SyncSession::clockAhead);
            round.arbiter = new Arbiter(settings, round.clockOffset);
            return round;
        } catch (RuntimeException e) {
            round.close();
            throw e;
        }
    }

    /** The tables that have changes waiting, in the order of a phase. */
    public List<String> tables(Phase phase) {
        Map<String, Long> waiting = new HashMap<>();
        for (Side side : Side.values()) {
            if (settings.writes(side.other())) {
                link.ask(side, LogStatus::pending)
                        .forEach((t, n) -> waiting.merge(t, n, Long::sum));
            }
        }
        List<String> tables = new ArrayList<>(order.stream().filter(waiting::containsKey).toList());
        if (phase.deletes()) {
            Collections.reverse(tables);
        }
        return tables;
    }

    /** The batches of one table in one phase, read as they are asked for. */
    public Iterator<Batch> batches(String table, Phase phase) {
        List<Side> from =
                Arrays.stream(Side.values()).filter(s -> settings.writes(s.other())).toList();
        return new Batches(
                id,
                table,
                phase,
                from,
                settings.batchSize(),
                kinship.rows(table).idsVary(),
                link::ask);
    }

    /**
     * Carries the rows of a batch over, each once: where a transaction fails its rows stay as they
     * were, and wait.
     *
     * @throws io.bactrian.error.ReplicationException if a server fails; transient if it is worth
     *     another try
     */
    public Counts apply(Batch batch) {
        link.acknowledgeAll();
        Tally tally = new Tally();
        List<String> records = new ArrayList<>();
        for (String record : batch.records()) {
            // between the commit on one side and the word to the other's log a row looks as if both
            // had changed it: no other batch may look then
            if (inHand.add(new InHand(batch.table(), record))) {
                records.add(record);
            } else {
                tally.add(Tally.Of.DEFERRED);
            }
        }
        try {
            apply(batch, records, tally);
        } finally {
            records.forEach(r -> inHand.remove(new InHand(batch.table(), r)));
        }
        return tally.counts();
    }

    private void apply(Batch batch, List<String> records, Tally tally) {
        SyncRows rows = kinship.rows(batch.table());
        Agenda agenda = new Agenda();
        Set<String> swapped =
                link.cross(
                        batch.from().other(),
                        batch.table(),
                        c ->
                                new Transfer(
                                                arbiter,
                                                kinship,
                                                c,
                                                rows,
                                                batch.phase(),
                                                tally,
                                                agenda)
                                        .run(records));
        if (!swapped.isEmpty()) {
            link.cross(
                    batch.from(),
                    batch.table(),
                    c ->
                            new Transfer(arbiter, kinship, c, rows, batch.phase(), tally, agenda)
                                    .run(swapped));
        }
        for (Agenda.Item item : agenda.items()) {
            link.cross(
                    item.on(),
                    batch.table(),
                    c -> {
                        item.work().run(c);
                        return null;
                    });
        }
    }

    /**
     * Carries out what a person decided about a conflict; the passes that follow bring it to the
     * other side.
     *
     * @throws io.bactrian.error.DataException if the row is no longer what the conflict shows
     */
    public void resolve(Conflicts.Kept conflict, Resolution.Choice choice) {
        new Resolution(this, kinship, conflict, choice).run();
    }

    /**
     * The conflicts that came up since the round began, on both sides, read as they are asked for.
     */
    public Iterator<SyncConflicts.Conflict> conflicts() {
        Map<Side, Long> after = new EnumMap<>(conflictsBefore);
        Deque<SyncConflicts.Conflict> page = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (page.isEmpty() && !after.isEmpty()) {
                    Side side = after.keySet().iterator().next();
                    page.addAll(
                            link.ask(
                                    side,
                                    c ->
                                            SyncConflicts.after(
                                                    c, after.get(side), settings.batchSize())));
                    if (page.isEmpty()) {
                        after.remove(side);
                    } else {
                        after.put(side, page.getLast().id());
                    }
                }
                return !page.isEmpty();
            }

            @Override
            public SyncConflicts.Conflict next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.remove();
            }
        };
    }

    Link link() {
        return link;
    }

    boolean syncs(String table) {
        return order.contains(table);
    }

    Hanging hanging(Crossing at) {
        return new Hanging(arbiter, kinship, at, new Tally(), new Agenda());
    }

    /** Whether another pass would do more than the one that came to these counts. */
    public boolean another(Counts pass) {
        passes++;
        // what somebody holds is the next round's: each look at it costs a wait for his lock
        boolean moved = pass.synced() > 0 || pass.conflicts() > 0;
        return moved && passes < MOST_PASSES && !tables(Phase.UPSERTS).isEmpty();
    }

    /** The rows that this round touched, to be compared when all are carried. */
    public Iterator<ProofPage> touched() {
        link.acknowledgeAll();
        link.dropReceipts();
        return new ProofPages(id, link.touched(), settings.batchSize(), link::ask);
    }

    /** How many rows of a page are not the same on both sides though nobody changed them. */
    public long prove(ProofPage page) {
        return new Proof(id, kinship.rows(page.table()), link::ask).differing(page);
    }

    /**
     * Says how the pair stands.
     *
     * @param differing what all pages of {@link #touched()} came to
     */
    public RoundReport end(Map<String, Counts> tables, long differing) {
        Counts total = tables.values().stream().reduce(Counts.NOTHING, Counts::plus);
        long pending = 0;
        long waiting = 0;
        long refused = 0;
        for (Side side : Side.values()) {
            Map<String, Long> left = link.ask(side, LogStatus::unagreed);
            pending += left.getOrDefault("PENDING", 0L);
            waiting += left.getOrDefault("CONFLICT", 0L);
            refused += left.getOrDefault("ERROR", 0L);
        }
        for (Side side : Side.values()) {
            for (String table : link.touched().tables()) {
                link.ask(
                        side,
                        c -> {
                            LogPurge.run(c, table, settings.sync().logRetentionDays());
                            return null;
                        });
            }
        }
        if (!link.touched().tables().isEmpty()) {
            note(differing == 0);
        }
        boolean converged = differing == 0 && pending == 0 && waiting == 0 && refused == 0;
        return new RoundReport(
                tables, total, pending, waiting, refused, converged, differing, clockOffset);
    }

    /** Idle rounds write nothing: this is for rounds that had something to do. */
    private void note(boolean proven) {
        String now = '"' + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString() + '"';
        link.ask(
                Side.LOCAL,
                c -> {
                    Metadata.put(c, Status.LAST_ROUND, now);
                    if (proven) {
                        for (String table : link.touched().tables()) {
                            Metadata.put(c, Status.PROVEN + table, now);
                        }
                    }
                    return null;
                });
    }

    @Override
    public void close() {
        link.close();
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception e) {
                // the session is gone, and its lock with it
                continue;
            }
        }
    }
}
