/**
 * Backups: how one is written so that half of one is never taken for whole, read back, proven,
 * listed and pruned. Rows as SQL text, and reading that text again, are {@code sql}'s; which tables
 * are saved and how many at once is the routes' business. Start at {@link
 * io.bactrian.backup.Backups}.
 */
package io.bactrian.backup;
