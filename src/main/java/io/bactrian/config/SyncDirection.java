package io.bactrian.config;

/** Which way changes flow. */
public enum SyncDirection {
    BIDIRECTIONAL,
    LOCAL_TO_REMOTE,
    REMOTE_TO_LOCAL
}
