package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script with which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(bactrian completion bash)",
            "  bactrian completion bash > /etc/bash_completion.d/bactrian",
            "  source <(bactrian completion zsh)            in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells a script is known to work in; it is the same for both. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(
            arity = "1",
            paramLabel = "SHELL",
            description = "${COMPLETION-CANDIDATES}: the shell that is to read it.")
    private Shell shell;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("bactrian", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
