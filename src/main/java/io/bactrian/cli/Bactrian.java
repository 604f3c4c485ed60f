package io.bactrian.cli;

import io.bactrian.error.ConfigException;
import io.bactrian.route.Extension;
import io.bactrian.state.RunId;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: finds the verb and exits with its code. */
@Command(
        name = "bactrian",
        description = "Makes two MySQL databases equal: lossless and convergent by proof.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            CheckCommand.class,
            TablesCommand.class,
            ConfigCommand.class,
            AnalyzeCommand.class,
            StructureCommand.class,
            DataCommand.class,
            VerifyCommand.class,
            ReplicateCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SyncCommand.class,
            ConflictsCommand.class,
            DeadLettersCommand.class,
            SelftestCommand.class,
            RunsCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or equal",
            "1:failed",
            "2:wrong usage or configuration",
            "3:differences found, or conflicts waiting"
        },
        footer = {"", "'bactrian COMMAND --help' tells more about a command."})
public final class Bactrian {

    public static void main(String[] args) {
        exit(Extension.NONE, args);
    }

    /** Ends the program with the exit code of one command line. */
    static void exit(Extension extension, String... args) {
        // the run's id is on the lines of its worker threads too
        System.setProperty("log4j2.isThreadContextMapInheritable", "true");
        // what is printed holds names from databases: UTF-8 whatever the locale
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(extension, out, err, args));
    }

    /** Runs one command line and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Extension.NONE, out, err, args);
    }

    private static int run(Extension extension, PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine =
                new CommandLine(new Bactrian(), new Commands(extension))
                        .setOut(out)
                        .setErr(err)
                        .setUsageHelpAutoWidth(true)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setParameterExceptionHandler(Bactrian::wrongUsage);
        int code = commandLine.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /** Makes the classes of commands, which know what else is to live in their routes. */
    private record Commands(Extension extension) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            K made = CommandLine.defaultFactory().create(type);
            if (made instanceof Verb verb) {
                verb.extend(extension);
            }
            return made;
        }
    }

    private static int wrongUsage(ParameterException thrown, String[] args) {
        CommandLine commandLine = thrown.getCommandLine();
        List<String> given = Arrays.asList(args);
        String command = commandLine.getCommandSpec().qualifiedName(" ");
        Instant now = Instant.now();
        new Report(
                        command.substring(command.indexOf(' ') + 1),
                        RunId.at(now),
                        now,
                        given.contains("--json"),
                        given.contains("--verbose"),
                        commandLine.getOut(),
                        commandLine.getErr())
                .failure(
                        new ConfigException(
                                command,
                                reason(thrown),
                                "'" + command + " --help' shows the usage"));
        return CommandLine.ExitCode.USAGE;
    }

    /** Behind the = of an option that is not known may be a secret. */
    private static String reason(ParameterException thrown) {
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            return "unknown: "
                    + String.join(
                            " ",
                            unmatched.getUnmatched().stream()
                                    .map(word -> word.replaceFirst("=.*", ""))
                                    .toList());
        }
        return thrown.getMessage();
    }
}
