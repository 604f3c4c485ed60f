/**
 * Compares two structures and looks for what a copy or a sync will stumble over. Changes nothing
 * and reads nothing: both structures are given to it. Start at {@link
 * io.bactrian.analyze.Analyzer}.
 */
package io.bactrian.analyze;
