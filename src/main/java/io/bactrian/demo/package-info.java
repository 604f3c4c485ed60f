/**
 * MySQL servers for {@code bactrian demo} and for tests: given ones, Docker containers, or
 * throw-away servers whose programs are fetched once per machine; and the shop the demo makes on
 * them. Knows nothing of replication. Start at {@link io.bactrian.demo.MySqlPair}.
 */
package io.bactrian.demo;
