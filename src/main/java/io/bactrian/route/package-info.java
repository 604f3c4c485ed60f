/**
 * The pipelines as Camel routes: what follows what, what runs in parallel, what is tried again.
 * Entry points are {@code direct:analyze}, {@code direct:backup}, {@code direct:structure}, {@code
 * direct:data}, {@code direct:verify}, {@code direct:replicate} and {@code direct:restore}; each
 * takes a {@link io.bactrian.route.Job} and gives the report of its stage. Steps are beans of a few
 * lines that join the engine packages, which know nothing of each other or of Camel. Start at
 * {@link io.bactrian.route.ReplicateRoutes}.
 */
package io.bactrian.route;
