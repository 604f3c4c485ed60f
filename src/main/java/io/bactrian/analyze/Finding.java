package io.bactrian.analyze;

/**
 * Something to know before tables are touched.
 *
 * @param check name of the check that found it
 * @param object table or other object it is about
 * @param advice what to do about it
 */
public record Finding(
        Severity severity, String check, String object, String message, String advice) {

    /** How much a finding matters. */
    public enum Severity {
        /** Works, but should be known. */
        INFO,
        /** Works with less than the usual promise. */
        WARNING
    }
}
