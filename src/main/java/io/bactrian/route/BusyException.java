package io.bactrian.route;

import io.bactrian.error.DataException;

/** Another run works on the same databases: nothing was begun. Its cause tells which. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(String object, String message, String hint) {
        super(message, new DataException(object, message, hint));
    }
}
