/**
 * For tests of those who extend Bactrian: throw-away servers, Bactrian between them with the beans
 * under test, and a look at both sides. Nothing else uses it. Start at {@link
 * io.bactrian.testkit.TwoDatabases}.
 */
package io.bactrian.testkit;
