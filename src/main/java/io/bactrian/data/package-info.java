/**
 * Carries rows: empties and strips a target table, copies its chunks, builds its indexes, and
 * writes single rows that verify found to differ. What tables are, in what order and how many at
 * once is the routes' business; comparing is {@code verify}'s. Start at {@link
 * io.bactrian.data.TableCopy}.
 */
package io.bactrian.data;
