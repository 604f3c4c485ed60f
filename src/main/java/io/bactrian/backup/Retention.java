package io.bactrian.backup;

import io.bactrian.backup.Backups.Entry;
import io.bactrian.backup.Backups.State;
import io.bactrian.config.BackupSettings;
import io.bactrian.state.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which backups are taken away. Each database has its own: those go that are too old, and those
 * beyond the newest so many. The newest good one stays whatever the settings say, and so does the
 * newest good one that is whole; both are read to the last byte before any good one goes. A damaged
 * one takes nobody's place: it goes by the same age, and by its place among all. What was never
 * finished goes, unless its writer is at work.
 */
public final class Retention {

    /**
     * A backup that goes.
     *
     * @param reason in words, such as {@code older than 30 days}
     * @param bytes it takes on the disk
     */
    public record Pruned(Entry entry, String reason, long bytes) {

        /** Name of the database it was of; null if nobody knows. */
        public String database() {
            return entry.backup() == null ? null : entry.backup().manifest().origin().name();
        }
    }

    /**
     * What goes.
     *
     * @param kept how many backups stay, damaged ones and those being written among them
     */
    public record Result(List<Pruned> pruned, int kept) {
        public Result {
            pruned = List.copyOf(pruned);
        }

        /** What goes frees so much. */
        public long bytes() {
            return pruned.stream().mapToLong(Pruned::bytes).sum();
        }
    }

    /** An entry that goes, and why. */
    record Due(Entry entry, String reason) {}

    /** Where backups are from, as far as it matters: other databases have their own. */
    private record Database(String server, String schema) {}

    private final BackupSettings settings;
    private final Instant now;
    private final Predicate<Backup> sound;

    Retention(BackupSettings settings, Instant now, Predicate<Backup> sound) {
        this.settings = settings;
        this.now = now;
        this.sound = sound;
    }

    /**
     * Takes away what is to go, oldest first.
     *
     * @param gone is told each when it is gone
     */
    public static Result apply(
            Backups store, BackupSettings settings, Instant now, Consumer<Pruned> gone) {
        Result result = look(store, settings, now);
        for (Pruned pruned : result.pruned()) {
            store.delete(pruned.entry());
            gone.accept(pruned);
        }
        return result;
    }

    /** What {@link #apply} would take away. */
    public static Result look(Backups store, BackupSettings settings, Instant now) {
        List<Entry> entries = store.list();
        List<Pruned> pruned =
                new Retention(settings, now, b -> b.check(bytes -> {}).isEmpty())
                        .due(entries).stream()
                                .map(d -> new Pruned(d.entry(), d.reason(), store.size(d.entry())))
                                .toList();
        return new Result(pruned, entries.size() - pruned.size());
    }

    /** What goes of all that is in a store, oldest first. */
    List<Due> due(List<Entry> entries) {
        List<Due> due = new ArrayList<>();
        entries.stream()
                .filter(e -> e.state() == State.UNFINISHED)
                .forEach(e -> due.add(new Due(e, "was never finished")));
        entries.stream()
                .filter(e -> e.state() == State.GOOD || e.state() == State.DAMAGED)
                .sorted(Comparator.comparing(Entry::begun).reversed())
                .collect(Collectors.groupingBy(Retention::database))
                .values()
                .forEach(group -> due.addAll(dueOfOne(group)));
        due.sort(Comparator.comparing(d -> d.entry().begun()));
        return due;
    }

    /** Those whose manifest is lost are one more database: nobody knows whose they are. */
    private static Database database(Entry entry) {
        if (entry.backup() == null) {
            return new Database("", "");
        }
        Manifest.Origin origin = entry.backup().manifest().origin();
        return new Database(origin.server(), origin.database());
    }

    /**
     * @param group backups of one database, newest first
     */
    private List<Due> dueOfOne(List<Entry> group) {
        List<Due> due = due(group, e -> e.state() == State.GOOD);
        if (due.stream().allMatch(d -> d.entry().state() == State.DAMAGED)) {
            return due;
        }
        Map<String, Boolean> read = new HashMap<>();
        Predicate<Entry> proven =
                e -> read.computeIfAbsent(e.id(), id -> e.state() == State.GOOD && isSound(e));
        Set<String> stay =
                Stream.of(newest(group, proven), newest(group, e -> isWhole(e) && proven.test(e)))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        return due(group, e -> e.state() == State.GOOD && read.getOrDefault(e.id(), true)).stream()
                .filter(d -> !stay.contains(d.entry().id()))
                .toList();
    }

    private boolean isSound(Entry entry) {
        return sound.test(entry.backup());
    }

    private static boolean isWhole(Entry entry) {
        return entry.backup() != null && entry.backup().manifest().isWhole();
    }

    private static Optional<String> newest(List<Entry> group, Predicate<Entry> which) {
        return group.stream().filter(which).findFirst().map(Entry::id);
    }

    private List<Due> due(List<Entry> group, Predicate<Entry> good) {
        List<Due> due = new ArrayList<>();
        int newerGood = 0;
        for (int newer = 0; newer < group.size(); newer++) {
            Entry entry = group.get(newer);
            boolean isGood = good.test(entry);
            if (isOld(entry)) {
                due.add(new Due(entry, "older than " + settings.retentionDays() + " days"));
            } else if ((isGood ? newerGood : newer) >= settings.maxBackups()) {
                due.add(new Due(entry, newer(settings.maxBackups())));
            }
            newerGood += isGood ? 1 : 0;
        }
        return due;
    }

    private static String newer(int count) {
        return count == 1 ? "there is a newer one" : "there are " + count + " newer ones";
    }

    /** By its name: what else tells the time of a damaged one may be damaged too. */
    private boolean isOld(Entry entry) {
        return settings.retentionDays() > 0
                && RunId.start(entry.id())
                        .filter(
                                start ->
                                        start.isBefore(
                                                now.minus(
                                                        Duration.ofDays(settings.retentionDays()))))
                        .isPresent();
    }
}
