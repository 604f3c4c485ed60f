/**
 * What is known of runs: the list of those that were ({@link io.bactrian.state.RunLog}) and how far
 * the one in hand is ({@link io.bactrian.state.Progress}). Steps write it, doors show it.
 */
package io.bactrian.state;
