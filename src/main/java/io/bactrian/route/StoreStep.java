package io.bactrian.route;

import io.bactrian.backup.Archive;
import io.bactrian.backup.BackupStore;
import io.bactrian.backup.Backups;
import io.bactrian.backup.Draft;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException;
import io.bactrian.state.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps finished backups in other places too, and brings them back from there. */
final class StoreStep {
    private static final Logger LOG = LoggerFactory.getLogger(StoreStep.class);

    private final Path dir;
    private final Supplier<List<BackupStore>> stores;

    /**
     * @param stores asked for at each use
     */
    StoreStep(Path dir, Supplier<List<BackupStore>> stores) {
        this.dir = dir;
        this.stores = stores;
    }

    boolean isWanted() {
        return !stores.get().isEmpty();
    }

    /** What a store does. */
    @FunctionalInterface
    private interface Use {
        boolean of(BackupStore store) throws Exception;
    }

    /**
     * Puts a backup into all stores. It is one in the folder already; a run that is about to change
     * something does so only once it is in the others, too.
     */
    BackupStep.Report put(BackupStep.Report made) {
        Backups backups = new Backups(dir);
        String name = Archive.name(made.backupId());
        // a draft that is cut off is pruned like any other
        try (Draft outbox = backups.begin(RunId.at(Instant.now()), made.bytes())) {
            Path archive = Archive.pack(backups.open(made.backupId()), outbox);
            List<BackupStore> all = stores.get();
            for (BackupStore store : all) {
                use(
                        store,
                        made.backupId(),
                        s -> {
                            s.put(name, archive);
                            return true;
                        });
                LOG.info("backup {} is in {} too", made.backupId(), store.name());
            }
            return made.alsoIn(all.stream().map(BackupStore::name).toList());
        }
    }

    /**
     * Brings the backup of a job from a store if it is not in the folder. One that is nowhere is
     * missed by who opens it.
     */
    Job fetch(Job job) {
        Backups backups = new Backups(dir);
        String id = job.backup();
        if (!Backups.isId(id) || backups.has(id)) {
            return job;
        }
        Path byHand = dir.resolve(Archive.name(id));
        if (Files.isRegularFile(byHand)) {
            unpack(backups, id, byHand);
            return job;
        }
        for (BackupStore store : stores.get()) {
            try (Draft inbox = backups.begin(RunId.at(Instant.now()), 0)) {
                Path archive = inbox.file(Archive.name(id));
                if (use(store, id, s -> s.get(Archive.name(id), archive))) {
                    unpack(backups, id, archive);
                    LOG.info("backup {} came from {}", id, store.name());
                    return job;
                }
            }
        }
        return job;
    }

    private static void unpack(Backups backups, String id, Path archive) {
        try (Draft draft = backups.begin(id, 0)) {
            Archive.unpack(archive, draft);
        }
    }

    /** What fails there may pass: it is tried again, and then told. */
    private static boolean use(BackupStore store, String id, Use use) {
        try {
            return use.of(store);
        } catch (ReplicationException e) {
            throw e;
        } catch (Exception e) {
            throw new ConnectionException(
                    store.name(),
                    "backup " + id + " could not be put there or fetched: " + reason(e),
                    "the backups of this machine are as they were; see that the place can be reached and has room",
                    true,
                    e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
