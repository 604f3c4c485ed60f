/**
 * What the user decides: settings as small records, read from command line, environment and file.
 * {@link io.bactrian.config.Keys} lists every key; start at {@link
 * io.bactrian.config.SettingsLoader}. Nothing here opens a connection.
 */
package io.bactrian.config;
