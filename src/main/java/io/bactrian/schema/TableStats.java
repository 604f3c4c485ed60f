package io.bactrian.schema;

/**
 * What the server estimates about a table. Numbers are statistics, not counts.
 *
 * @param rows estimated rows
 * @param dataBytes bytes of the rows, without secondary indexes
 * @param indexBytes bytes of the secondary indexes
 * @param rowBytes average row length in bytes, 0 for an empty table
 */
public record TableStats(
        String engine, long rows, long dataBytes, long indexBytes, long rowBytes) {}
