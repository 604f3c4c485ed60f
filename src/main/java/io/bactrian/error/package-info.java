/**
 * The five kinds of error, and nothing else. Every package may throw them; only the doors print
 * them. Start at {@link io.bactrian.error.ReplicationException}.
 */
package io.bactrian.error;
