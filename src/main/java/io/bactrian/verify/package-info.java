/**
 * Proves tables equal, or names the rows that are not. Digests are made by both servers at once and
 * only compared here; rows are looked at where digests differ. Writes nothing. Start at {@link
 * io.bactrian.verify.ChunkComparison}.
 */
package io.bactrian.verify;
