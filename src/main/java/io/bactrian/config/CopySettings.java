package io.bactrian.config;

/**
 * How rows are copied.
 *
 * @param batchSize rows per written batch
 * @param chunkBytes aimed-at size of one chunk of a table
 * @param threads chunks copied at the same time
 */
public record CopySettings(int batchSize, long chunkBytes, int threads) {}
