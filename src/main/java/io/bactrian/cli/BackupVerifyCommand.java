package io.bactrian.cli;

import io.bactrian.backup.Backup;
import io.bactrian.backup.Backup.Fault;
import io.bactrian.backup.Backups;
import io.bactrian.config.Settings;
import io.bactrian.state.BackupHistory;
import io.bactrian.state.BackupHistory.Event;
import io.bactrian.state.BackupHistory.Work;
import io.bactrian.state.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Reads all files of a backup and proves them to be what was written.",
            "Names those that are not, and exits with 1. Needs no server."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian backup verify 20261122-080000-ab12",
            "  bactrian backup verify 20261122-080000-ab12 --json"
        })
final class BackupVerifyCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "The backup, as 'backup list' names it.")
    private String id;

    @Override
    protected boolean isRun() {
        return true;
    }

    @Override
    protected String source(Settings settings) {
        return null;
    }

    @Override
    protected String target(Settings settings) {
        return null;
    }

    @Override
    protected Answer run(RunContext context) {
        Settings settings = context.settings();
        Backup backup = new Backups(settings.backup().dir()).open(id);
        context.progress().begin("read", 0, backup.manifest().bytes());
        List<Fault> faults = backup.check(bytes -> context.progress().add(0, bytes));
        Answer answer = answer(backup, faults);
        note(context, backup, answer.failure());
        return answer;
    }

    private static Answer answer(Backup backup, List<Fault> faults) {
        int files = backup.manifest().files().size();
        long bytes = backup.manifest().bytes();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("backup_id", backup.id());
        fields.put("sound", faults.isEmpty());
        fields.put("files", files);
        fields.put("bytes", bytes);
        fields.put("faults", faults);
        if (faults.isEmpty()) {
            String text = files + " files, " + Units.bytes(bytes) + ": all are what was written";
            return Answer.ok(fields, text);
        }
        TextTable table = new TextTable("FILE", "FAULT");
        faults.forEach(f -> table.row(f.file(), f.reason()));
        return Answer.failed(fields, table.toString(), backup.damaged(faults));
    }

    private static void note(RunContext context, Backup backup, Failure failure) {
        String name = backup.manifest().origin().name();
        double seconds = Duration.between(context.startedAt(), Instant.now()).toMillis() / 1000.0;
        Work work = new Work(null, backup.manifest().bytes(), seconds);
        BackupHistory history = new BackupHistory(context.settings().log().dir());
        if (failure == null) {
            history.done(Event.VERIFIED, backup.id(), context.runId(), name, work);
        } else {
            history.failed(Event.VERIFIED, backup.id(), context.runId(), name, work, failure);
        }
    }
}
