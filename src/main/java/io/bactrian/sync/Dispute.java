package io.bactrian.sync;

import io.bactrian.sql.SyncConflicts.NewConflict;
import io.bactrian.sql.SyncLog.Operation;
import io.bactrian.sql.SyncRows;
import io.bactrian.sync.Arbiter.Claim;
import io.bactrian.sync.Crossing.Logged;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row that both sides changed, as it was on both before one of them is written. Whoever writes
 * over it, for whatever reason, {@linkplain #record records} it, so that the loser is kept.
 */
final class Dispute {
    private final Arbiter arbiter;
    private final Crossing crossing;
    private final SyncRows rows;
    private final KeyState key;
    private final Image mine;
    private final Image other;
    private final Image base;

    private Dispute(Arbiter arbiter, Images images, KeyState key) throws SQLException {
        this.arbiter = arbiter;
        this.crossing = images.crossing();
        this.rows = images.rows();
        this.key = key;
        mine = images.now(crossing.to(), key);
        other = images.now(crossing.to().other(), key);
        base = images.base(key);
    }

    /** The dispute about a row; empty if there is none. */
    static Optional<Dispute> about(Arbiter arbiter, Crossing crossing, SyncRows rows, KeyState key)
            throws SQLException {
        return about(arbiter, new Images(crossing, rows), key);
    }

    static Optional<Dispute> about(Arbiter arbiter, Images images, KeyState key)
            throws SQLException {
        return Verdict.of(images, key) == Verdict.CONFLICT
                ? Optional.of(new Dispute(arbiter, images, key))
                : Optional.empty();
    }

    /** What is to be done about a row; a dispute counts as what it will come to. */
    static Verdict verdict(Arbiter arbiter, Crossing crossing, SyncRows rows, KeyState key)
            throws SQLException {
        Optional<Dispute> dispute = about(arbiter, crossing, rows, key);
        if (dispute.isEmpty()) {
            return Verdict.of(new Images(crossing, rows), key);
        }
        return dispute.get()
                .winner()
                .map(w -> w == crossing.to() ? Verdict.GIVE : Verdict.TAKE)
                .orElse(Verdict.CONFLICT);
    }

    /** Whether it may be held with many others. */
    boolean isShort() {
        return Stream.of(mine, other, base).allMatch(Images::isShort);
    }

    Image base() {
        return base;
    }

    Image local() {
        return crossing.to() == Side.LOCAL ? mine : other;
    }

    Image remote() {
        return crossing.to() == Side.LOCAL ? other : mine;
    }

    SyncRows rows() {
        return rows;
    }

    String recordId() {
        return key.stored();
    }

    /** The side whose row holds; empty where a person is to decide. */
    Optional<Side> winner() {
        boolean local = crossing.to() == Side.LOCAL;
        return arbiter.winner(
                arbiter.strategy(rows),
                new Claim(rows, local(), local ? key.hereLog() : key.thereLog()),
                new Claim(rows, remote(), local ? key.thereLog() : key.hereLog()));
    }

    /** Keeps both rows, when the side that is written has taken the other's. */
    void taken() throws SQLException {
        taken(List.of(this));
    }

    /** The same of many rows of one table. */
    static void taken(List<Dispute> disputes) throws SQLException {
        Crossing crossing = disputes.get(0).crossing;
        String winner = crossing.to().other().name();
        Map<Dispute, Image> raised = raiseVersions(disputes);
        crossing.conflicts(
                disputes.stream()
                        .map(d -> d.conflict(winner, raised.getOrDefault(d, d.other)))
                        .toList());
    }

    /** Keeps both rows, whatever became of them. */
    void record(Side winner, Image resolved) throws SQLException {
        crossing.conflict(conflict(winner.name(), resolved));
    }

    /** What tells of it while a person is to decide. */
    NewConflict waiting() {
        return conflict(null, Image.NONE);
    }

    private NewConflict conflict(String winner, Image resolved) {
        return Arbiter.record(
                rows,
                key.stored(),
                Arbiter.type(key),
                base,
                local(),
                remote(),
                arbiter.strategy(rows),
                winner,
                resolved);
    }

    /**
     * A decided row has a version of its own, which goes back to the other side as a change.
     *
     * @return the rows that got one
     */
    private static Map<Dispute, Image> raiseVersions(List<Dispute> disputes) throws SQLException {
        Crossing crossing = disputes.get(0).crossing;
        SyncRows rows = disputes.get(0).rows;
        List<Dispute> there = disputes.stream().filter(d -> d.key.there() != null).toList();
        if (rows.version().isEmpty() || there.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> byVersion = new LinkedHashMap<>();
        for (Dispute dispute : there) {
            byVersion
                    .computeIfAbsent(dispute.nextVersion(), v -> new ArrayList<>())
                    .add(dispute.key.there());
        }
        for (Map.Entry<String, List<String>> e : byVersion.entrySet()) {
            rows.set(crossing.here(), e.getValue(), Map.of(rows.version().get(), e.getKey()));
        }
        Map<String, Image> now =
                Images.here(crossing, rows, there.stream().map(d -> d.key.there()).toList());
        Map<Dispute, Image> raised = new LinkedHashMap<>();
        List<Logged> changes = new ArrayList<>();
        for (Dispute dispute : there) {
            String id = dispute.key.there();
            raised.put(dispute, now.get(id));
            changes.add(new Logged(id, Operation.UPDATE, dispute.other, now.get(id)));
        }
        crossing.log(rows, changes);
        return raised;
    }

    /** One more than both. */
    String nextVersion() {
        long a = Objects.requireNonNullElse(mine.version(rows), 0L);
        long b = Objects.requireNonNullElse(other.version(rows), 0L);
        return Long.toUnsignedString((Long.compareUnsigned(a, b) > 0 ? a : b) + 1);
    }
}
