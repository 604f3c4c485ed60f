package io.bactrian.web;

import io.bactrian.error.ConfigException;
import java.util.Map;

/** A request that is not carried out, for a reason that HTTP has a number for. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    Refusal(int status, String object, String message, String hint) {
        this(status, Map.of(), object, message, hint);
    }

    Refusal(int status, Map<String, String> headers, String object, String message, String hint) {
        super(message, new ConfigException(object, message, hint));
        this.status = status;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
