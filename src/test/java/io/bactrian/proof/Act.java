package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Cli;
import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something the program does to a pair. Whatever cuts it off, what {@link #again} does brings about
 * what {@link #holds} looks for, with none of the product's comparisons.
 */
interface Act {
    /** All acts, or the one that {@code -Dbactrian.proof.only} names. */
    static Stream<Act> all() {
        String only = System.getProperty("bactrian.proof.only");
        return Stream.concat(Copying.all(), Syncing.all())
                .filter(act -> only == null || only.equalsIgnoreCase(act.toString()));
    }

    /** All acts in the long form, else those that have most to lose. */
    static Stream<Act> chosen() {
        return all().filter(
                        act ->
                                Proof.LONG
                                        || act == Copying.REPLICATE
                                        || act == Copying.RESTORE
                                        || act == Syncing.SETUP
                                        || act == Syncing.ROUND);
    }

    /** All acts in the long form, else a round of sync alone. */
    static Stream<Act> allOrRound() {
        return all().filter(act -> Proof.LONG || act == Syncing.ROUND);
    }

    /** Makes the pair what the act finds, whatever it was before. */
    void before(Stage stage);

    /** The words behind {@code bactrian}. */
    List<String> command(Stage stage);

    /** What a user does, as README says, when the command did not end. */
    void again(Stage stage);

    /** Fails unless nothing is lost, nothing doubled, and nothing left behind. */
    void holds(Stage stage);

    /** A pair, a folder for what the program keeps, and the program. */
    final class Stage {
        private final Twin twin;
        private final Path folder;
        private final Set<String> goodBackups = new HashSet<>();
        private Look source;

        /** Number of the backup or conflict that the act is about. */
        String id;

        /** The pair as it is to be again. */
        Look before;

        Stage(Twin twin, Path folder) {
            this.twin = twin;
            this.folder = folder;
            twin.with("backup.dir", folder.resolve("backups"))
                    .with("log.dir", folder.resolve("logs"))
                    .with("retry-delay", "100ms")
                    .with("connection-timeout", "5s");
        }

        Twin twin() {
            return twin;
        }

        /** What the source holds, which no act changes that reads from one. */
        Look source() {
            if (source == null) {
                source = Look.atSource(twin);
            }
            return source;
        }

        /** The source has been changed. */
        void sourceChanged() {
            source = null;
        }

        /** What is listed as a backup is whole. */
        void requireGoodBackups() {
            for (JsonNode backup : json("backup", "list").path("backups")) {
                String id = backup.path("backup_id").asText();
                if (goodBackups.add(id)) {
                    done("backup", "verify", id);
                }
            }
        }

        /** Runs a command in this JVM, which has to end well. */
        Cli done(String... words) {
            return done(List.of(words));
        }

        Cli done(List<String> words) {
            Cli cli = run(words);
            assertThat(cli.code()).as("%s: %s", words, cli).isZero();
            return cli;
        }

        /** What a command answers that has to end well. */
        JsonNode json(String... words) {
            try {
                return done(words).json();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Goes on with a command that was cut off, or begins it anew where that is what is told.
         */
        void resume(List<String> words) {
            List<String> again = new ArrayList<>(words);
            again.add("--resume");
            Cli resumed = run(again);
            if (resumed.out().contains("run it without --resume")
                    || resumed.out().contains(": run without --resume")) {
                resumed = run(words);
            }
            assertThat(resumed.code()).as(resumed.toString()).isZero();
        }

        Cli run(List<String> words) {
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of("--yes", "--json", "--config", config().toString()));
            return Cli.plain(all.toArray(String[]::new));
        }

        private Path config() {
            try {
                return Files.write(folder.resolve("proof.properties"), twin.lines());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Starts a command in a JVM of its own. */
        Child start(List<String> words) {
            return Child.start(folder, twin, "128m", words.toArray(String[]::new));
        }
    }
}
