package io.bactrian.cli;

import io.bactrian.error.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.Consumer;

/** Asks the person at the terminal before something is changed. */
final class Confirmation {
    private final Consumer<String> journal;
    private final boolean agreed;
    private final PrintWriter err;

    /**
     * @param journal is told what was agreed to
     * @param agreed whether the answer was given beforehand, with --yes
     */
    Confirmation(Consumer<String> journal, boolean agreed, PrintWriter err) {
        this.journal = journal;
        this.agreed = agreed;
        this.err = err;
    }

    /** Whether there is nothing to ask. */
    boolean isAgreed() {
        return agreed;
    }

    /**
     * Returns if the answer is yes.
     *
     * @param question what will be changed, ending in a question mark
     * @throws ConfigException if the answer is no, or there is nobody to ask, or if it cannot be
     *     noted that it was yes
     */
    void require(String question) {
        if (!agreed) {
            ask(question);
        }
        journal.accept(question.replaceFirst("\\?$", ""));
    }

    private void ask(String question) {
        if (!Terminal.isTerminal(Terminal.IN) || !Terminal.isTerminal(Terminal.ERR)) {
            throw new ConfigException(
                    "--yes",
                    "is needed, for there is no terminal to ask: " + question,
                    "add --yes");
        }
        err.print(question + " [y/N] ");
        err.flush();
        String answer = readLine().strip().toLowerCase(Locale.ROOT);
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw new ConfigException(
                    "question", "was not answered with yes", "nothing was changed");
        }
    }

    private static String readLine() {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                            .readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}
