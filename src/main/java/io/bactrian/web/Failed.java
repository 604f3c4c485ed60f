package io.bactrian.web;

import io.bactrian.state.Failure;

/** What was asked for was begun, and failed. */
final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Failed(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
