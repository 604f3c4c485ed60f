package io.bactrian.cli;

import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.state.Failure;
import io.bactrian.state.Progress;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunId;
import io.bactrian.state.RunLog;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One command. A subclass says what it does with the settings; reading them, logging, progress, the
 * list of runs, printing and the exit code are the same for all and are here.
 */
abstract class Verb implements Callable<Integer> {
    @Mixin private GlobalOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec private CommandSpec spec;

    /** Does the work. Whatever it throws becomes one clear error. */
    protected abstract Answer run(RunContext context) throws Exception;

    /** Whether calls of this verb are kept in the list of runs; those that only look are not. */
    protected boolean isRun() {
        return false;
    }

    /** Called when all is told; comes back when the program may end. */
    protected void linger() throws InterruptedException {}

    @Override
    public final Integer call() {
        Instant startedAt = Instant.now();
        String runId = RunId.at(startedAt);
        PrintWriter err = spec.commandLine().getErr();
        Report report =
                new Report(
                        command(),
                        runId,
                        startedAt,
                        options.json(),
                        options.verbose(),
                        spec.commandLine().getOut(),
                        err);
        RunLog log = null;
        try {
            LoadedSettings loaded =
                    SettingsLoader.ofProcess().load(options.config(), options.settings());
            Settings settings = loaded.settings();
            if (!isRun()) {
                Logs.start(settings.log(), runId, options.verbose(), options.quiet());
            } else {
                Logs.startRun(settings.log(), runId, startedAt, options.verbose(), options.quiet());
                log = new RunLog(settings.log().dir());
                log.start(
                        runId,
                        command(),
                        settings.source(),
                        settings.target(),
                        settings.tables().toString(),
                        startedAt);
            }
            Answer answer =
                    follow(
                            new RunContext(
                                    runId,
                                    startedAt,
                                    loaded,
                                    new Progress(),
                                    new Confirmation(options.yes(), err),
                                    outForPeople()));
            if (log != null) {
                log.end(
                        runId,
                        answer.result(),
                        report.seconds(),
                        answer.rows(),
                        answer.bytes(),
                        null);
            }
            report.answer(answer, options.quiet() && isRun() && answer.result() == Result.OK);
            linger();
            return answer.exitCode();
        } catch (Throwable thrown) {
            noteFailure(log, runId, report.seconds(), thrown);
            report.failure(thrown);
            return Failure.exitCode(thrown);
        }
    }

    private PrintWriter outForPeople() {
        return options.json() || options.quiet()
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getOut();
    }

    private Answer follow(RunContext context) throws Exception {
        boolean visible =
                isRun() && !options.quiet() && !options.json() && Terminal.isTerminal(Terminal.ERR);
        if (!visible) {
            return run(context);
        }
        try (ProgressDisplay display = new ProgressDisplay(context.progress(), System.err)) {
            return run(context);
        }
    }

    /**
     * The trace goes to the log file alone: its logger is outside of those that standard error
     * shows.
     */
    private static void noteFailure(RunLog log, String runId, double seconds, Throwable thrown) {
        if (log == null) {
            return;
        }
        try {
            LoggerFactory.getLogger(Logs.FILE_ONLY).error("run failed", thrown);
            log.end(runId, Result.FAILED, seconds, 0, 0, Failure.of(thrown));
        } catch (RuntimeException e) {
            // a full disk: what is told on the terminal is the first failure
            thrown.addSuppressed(e);
        }
    }

    /** The words behind {@code bactrian}: {@code runs}, {@code sync setup}. */
    private String command() {
        String root = spec.root().name();
        return spec.qualifiedName(" ").substring(root.length()).strip();
    }
}
