package io.bactrian.cli;

import io.bactrian.config.LoadedSettings;
import io.bactrian.config.Settings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.route.Extension;
import io.bactrian.state.Journal;
import io.bactrian.state.Progress;
import io.bactrian.state.Run;
import io.bactrian.state.RunId;
import io.bactrian.state.RunLog;
import io.bactrian.state.ShellWords;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    private Extension extension = Extension.NONE;

    /** Has beans, and of the daemon routes, of another program live in its routes. */
    void extend(Extension other) {
        extension = other;
    }

    /** Does the work. Whatever it throws becomes one clear error. */
    protected abstract Answer run(RunContext context) throws Exception;

    /** Whether calls of this verb are kept in the list of runs; those that only look are not. */
    protected boolean isRun() {
        return false;
    }

    /** Whether it is a process that stays, and keeps a log without being a run. */
    protected boolean staysOn() {
        return false;
    }

    /** Name of the database a run reads, or null. */
    protected String source(Settings settings) {
        return settings.source();
    }

    /** Name of the database a run writes, or null. */
    protected String target(Settings settings) {
        return settings.target();
    }

    /** The hint for a run that was interrupted. */
    protected String howToGoOn() {
        return "run it again";
    }

    /** Whether {@code --resume} goes on with a run that was cut off. */
    protected boolean resumes() {
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
        try (Ending ending = new Ending(command(), runId, report, howToGoOn())) {
            return end(ending, runId, startedAt, err);
        }
    }

    private int end(Ending ending, String runId, Instant startedAt, PrintWriter err) {
        try {
            LoadedSettings loaded =
                    SettingsLoader.ofProcess().load(options.config(), options.settings());
            Settings settings = loaded.settings();
            Journal journal = new Journal(settings.log().dir());
            Progress progress = new Progress();
            if (staysOn()) {
                Logs.startDaemon(
                        settings.log(), runId, startedAt, options.verbose(), options.quiet());
            } else if (!isRun()) {
                Logs.start(settings.log(), runId, options.verbose(), options.quiet());
            } else {
                Logs.startRun(settings.log(), runId, startedAt, options.verbose(), options.quiet());
                RunLog log = new RunLog(settings.log().dir());
                log.start(
                        Run.starting(
                                runId,
                                command(),
                                source(settings),
                                target(settings),
                                settings.tables().toString(),
                                startedAt,
                                "command",
                                ShellWords.join(again())));
                ending.ofRun(log, journal, progress);
            }
            Answer answer =
                    follow(
                            new RunContext(
                                    runId,
                                    startedAt,
                                    loaded,
                                    progress,
                                    extension,
                                    new Confirmation(
                                            change ->
                                                    journal.changes(
                                                            runId,
                                                            "command",
                                                            System.getProperty("user.name"),
                                                            command(),
                                                            change),
                                            options.yes(),
                                            err),
                                    ending,
                                    outForPeople()));
            int code = ending.answer(answer, options.quiet());
            linger();
            return code;
        } catch (Throwable thrown) {
            return ending.failure(thrown);
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

    /** The command line that goes on with this one, or repeats it. Options hold no secrets. */
    private List<String> again() {
        List<String> words = new ArrayList<>(List.of("bactrian"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        if (resumes() && !words.contains("--resume")) {
            words.add("--resume");
        }
        return words;
    }

    /** The words behind {@code bactrian}: {@code runs}, {@code sync setup}. */
    private String command() {
        String root = spec.root().name();
        return spec.qualifiedName(" ").substring(root.length()).strip();
    }
}
