/**
 * Makes a target's structure equal to its source's: what has to be done as a list of statements,
 * and doing it. Reading a structure is the work of {@code sql}, comparing two tables that of {@code
 * schema}. Start at {@link io.bactrian.structure.StructurePlan}.
 */
package io.bactrian.structure;
