package io.bactrian.cli;

/**
 * Something a check has found amiss.
 *
 * @param about the setting, privilege or object
 * @param message what is, and what comes of it
 * @param advice how to mend it, a statement to paste where there is one; may be empty
 */
record Finding(Severity severity, String about, String message, String advice) {

    enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(String about, String message, String advice) {
        return new Finding(Severity.ERROR, about, message, advice);
    }

    static Finding warning(String about, String message, String advice) {
        return new Finding(Severity.WARNING, about, message, advice);
    }
}
