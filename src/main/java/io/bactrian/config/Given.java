package io.bactrian.config;

/**
 * A value as somebody wrote it.
 *
 * @param origin where: a file, a variable, the command line
 */
record Given(String value, String origin) {}
