/**
 * The command line: one class a verb, which parses, calls, prints and gives an exit code. What all
 * verbs share is in {@link io.bactrian.cli.Verb}; start at {@link io.bactrian.cli.Bactrian}.
 */
package io.bactrian.cli;
