package io.bactrian.verify;

/**
 * How much is told of rows that differ.
 *
 * @param rows rows named per table at most
 * @param columns whether their differing columns are looked up
 */
public record Naming(int rows, boolean columns) {}
