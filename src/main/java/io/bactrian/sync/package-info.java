/**
 * Two-way sync. Triggers ({@link io.bactrian.sql.CaptureTriggers}) write changed rows into {@code
 * sync_log}, which is a queue of rows to look at and not of images to replay: what is carried over
 * is the row as it is when its turn comes. To look at a row too often does no harm therefore, and
 * what a log missed is mended by looking at whole tables ({@link io.bactrian.sync.Marking}): at
 * first contact, after TRUNCATE, after somebody dropped a trigger.
 *
 * <p>A row's name is its {@link io.bactrian.sql.RecordId}, and whether two names mean one row is
 * the server's to say. A batch of a {@link io.bactrian.sync.Round} is one transaction on the side
 * that is written ({@link io.bactrian.sync.Crossing}):
 *
 * <ol>
 *   <li>lock the rows there, without waiting for who holds them;
 *   <li>read both logs, then the other side's rows ({@link io.bactrian.sync.Looks});
 *   <li>decide about each ({@link io.bactrian.sync.Transfer}, {@link io.bactrian.sync.Dispute});
 *   <li>write rows, conflicts, the own log's marks, and a token of what the other log owes; commit;
 *   <li>mark the other log, and drop the token. A round that finds a token does only this.
 * </ol>
 *
 * READ COMMITTED is enough for it: a row that is absent is guarded by its own INSERT, which fails
 * if somebody was faster, and gaps stay open to applications.
 *
 * <p>When the order of tables and batches comes, and which run at once, is the routes' business.
 * Start at {@link io.bactrian.sync.Round}.
 */
package io.bactrian.sync;
