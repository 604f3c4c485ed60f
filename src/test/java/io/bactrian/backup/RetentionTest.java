package io.bactrian.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.backup.Backups.Entry;
import io.bactrian.backup.Backups.State;
import io.bactrian.backup.Manifest.SavedFile;
import io.bactrian.config.BackupSettings;
import io.bactrian.config.BackupSettings.Compression;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Path STORE = Path.of("backups");

    /** File that a backup has whose contents are not what was written. */
    private static final SavedFile ROTTEN = new SavedFile("rotten", 1, "");

    private static BackupSettings settings(int days, int max) {
        return new BackupSettings(STORE, days, max, Compression.NONE, "");
    }

    private static String id(int daysAgo) {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(NOW.minusSeconds(daysAgo * 86_400L))
                + "-ab12";
    }

    private static Entry entry(int daysAgo, String schema, State state, boolean whole) {
        String id = id(daysAgo);
        Backup backup =
                schema == null
                        ? null
                        : new Backup(STORE.resolve(id), SampleBackup.manifest(id, schema, whole));
        return new Entry(id, STORE.resolve(id), state, null, backup);
    }

    private static Entry good(int daysAgo) {
        return entry(daysAgo, "shop", State.GOOD, true);
    }

    /** Good as far as its list of files tells. */
    private static Entry rotten(int daysAgo) {
        Entry good = good(daysAgo);
        Manifest manifest = good.backup().manifest().with(List.of(ROTTEN));
        return new Entry(
                good.id(), good.folder(), State.GOOD, null, new Backup(good.folder(), manifest));
    }

    private static boolean isSound(Backup backup) {
        return !backup.manifest().files().contains(ROTTEN);
    }

    private static List<Entry> gone(int days, int max, Entry... entries) {
        return gone(days, max, Arrays.asList(entries));
    }

    private static List<Entry> gone(int days, int max, List<Entry> entries) {
        return new Retention(settings(days, max), NOW, RetentionTest::isSound)
                .due(entries).stream().map(Retention.Due::entry).toList();
    }

    @Test
    void whatIsOlderThanTheDaysGoes() {
        Entry young = good(9);
        Entry justYoung = good(10);
        Entry old = good(11);

        assertThat(gone(10, 99, young, justYoung, old)).containsExactly(old);
        assertThat(gone(0, 99, young, justYoung, old)).isEmpty();
    }

    @Test
    void whatIsBeyondTheNumberGoesOldestFirst() {
        assertThat(gone(0, 2, good(1), good(2), good(3), good(4)))
                .containsExactly(good(4), good(3));
    }

    @Test
    void theReasonIsTold() {
        List<Retention.Due> due =
                new Retention(settings(30, 1), NOW, b -> true)
                        .due(List.of(good(1), good(2), good(31)));

        assertThat(due)
                .extracting(Retention.Due::reason)
                .containsExactly("older than 30 days", "there is a newer one");
    }

    @Test
    void theNewestGoodOneStaysHoweverOld() {
        assertThat(gone(10, 5, good(100), good(101))).containsExactly(good(101));
    }

    @Test
    void theNewestWholeOneStaysBehindAnyNumberOfPartialOnes() {
        Entry whole = good(50);
        List<Entry> entries = new ArrayList<>(List.of(whole, good(51)));
        for (int day = 1; day < 10; day++) {
            entries.add(entry(day, "shop", State.GOOD, false));
        }

        assertThat(gone(10, 3, entries)).hasSize(7).doesNotContain(whole).contains(good(51));
    }

    @Test
    void eachDatabaseHasItsOwn() {
        Entry other = entry(4, "stock", State.GOOD, true);

        assertThat(gone(0, 1, good(1), good(2), other)).containsExactly(good(2));
    }

    @Test
    void whatRotUnseenProtectsNobody() {
        assertThat(gone(10, 99, rotten(1), rotten(20), good(21), good(22)))
                .containsExactly(good(22), rotten(20));
    }

    @Test
    void nothingIsReadWhereNothingGoodIsToGo() {
        Predicate<Backup> reader =
                b -> {
                    throw new AssertionError("was read");
                };
        Entry damaged = entry(20, "shop", State.DAMAGED, true);
        Entry unfinished = entry(1, null, State.UNFINISHED, false);

        assertThat(
                        new Retention(settings(10, 5), NOW, reader)
                                .due(List.of(good(1), good(2), damaged, unfinished)))
                .extracting(Retention.Due::entry)
                .containsExactly(damaged, unfinished);
    }

    @Test
    void aDamagedOneTakesNobodysPlaceAndGoesByItsOwn() {
        Entry damaged = entry(1, "shop", State.DAMAGED, true);

        assertThat(gone(0, 2, damaged, good(2), good(3))).isEmpty();
        assertThat(gone(0, 2, good(1), good(2), entry(3, "shop", State.DAMAGED, true)))
                .containsExactly(entry(3, "shop", State.DAMAGED, true));
    }

    @Test
    void oneWithoutManifestGoesByItsAge() {
        assertThat(gone(10, 5, entry(11, null, State.DAMAGED, false), good(1))).hasSize(1);
        assertThat(gone(10, 5, entry(9, null, State.DAMAGED, false), good(1))).isEmpty();
    }

    @Test
    void oneWhoseNameIsNoTimeIsNotOld() {
        Entry odd = new Entry("99999999-999999-ab12", STORE.resolve("x"), State.DAMAGED, "", null);

        assertThat(gone(1, 5, odd)).isEmpty();
    }

    @Test
    void whatWasNeverFinishedGoesUnlessItIsBeingWritten() {
        Entry left = entry(0, null, State.UNFINISHED, false);

        assertThat(gone(0, 5, left, entry(1, null, State.BEING_WRITTEN, false)))
                .containsExactly(left);
    }

    @Provide
    Arbitrary<List<Entry>> stores() {
        Arbitrary<Entry> entries =
                Combinators.combine(
                                Arbitraries.integers().between(0, 60),
                                Arbitraries.of("shop", "stock", null),
                                Arbitraries.of(State.class),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false))
                        .as(RetentionTest::any);
        return entries.list().ofMaxSize(20).uniqueElements(Entry::id);
    }

    private static Entry any(
            int daysAgo, String schema, State state, boolean whole, boolean rotten) {
        boolean finished = state == State.GOOD || state == State.DAMAGED;
        String where = state == State.GOOD && schema == null ? "shop" : schema;
        Entry entry = entry(daysAgo, finished ? where : null, state, whole);
        return state == State.GOOD && rotten ? rotten(daysAgo) : entry;
    }

    /** Newest one of a schema that can be restored. */
    private static Optional<Entry> newest(
            List<Entry> entries, String schema, Predicate<Manifest> which) {
        return entries.stream()
                .filter(e -> e.state() == State.GOOD && isSound(e.backup()))
                .filter(e -> e.backup().manifest().origin().database().equals(schema))
                .filter(e -> which.test(e.backup().manifest()))
                .max(Comparator.comparing(Entry::id));
    }

    @Property
    void whateverTheStoreHoldsTheNewestGoodOnesStay(
            @ForAll("stores") List<Entry> store,
            @ForAll @IntRange(max = 40) int days,
            @ForAll @IntRange(min = 1, max = 5) int max) {
        List<Entry> shuffled = new ArrayList<>(store);
        Collections.shuffle(shuffled, new Random(store.size()));
        List<Entry> left = new ArrayList<>(store);
        left.removeAll(gone(days, max, shuffled));

        for (String schema : List.of("shop", "stock")) {
            assertThat(newest(left, schema, m -> true)).isEqualTo(newest(store, schema, m -> true));
            assertThat(newest(left, schema, Manifest::isWhole))
                    .isEqualTo(newest(store, schema, Manifest::isWhole));
            assertThat(left.stream().filter(e -> isOf(e, schema)).count())
                    .isLessThanOrEqualTo(2L * max + 2);
        }
        assertThat(left).noneMatch(e -> e.state() == State.UNFINISHED);
        assertThat(left)
                .containsAll(store.stream().filter(e -> e.state() == State.BEING_WRITTEN).toList());
    }

    private static boolean isOf(Entry entry, String schema) {
        return entry.backup() != null
                && Objects.equals(entry.backup().manifest().origin().database(), schema);
    }
}
