package io.bactrian.config;

import java.time.Duration;

/**
 * What is done about errors that pass by themselves.
 *
 * @param attempts how often it is tried in all; 1 is never again
 * @param delay wait before the second attempt; it doubles with each further one
 */
public record RetrySettings(int attempts, Duration delay) {}
