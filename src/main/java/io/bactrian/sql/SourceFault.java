package io.bactrian.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A failure to read rows, met while they were being written: the source's, and not the target's.
 */
final class SourceFault extends SQLException {
    private static final long serialVersionUID = 1L;
    private final SQLException read;

    SourceFault(SQLException read) {
        super(read);
        this.read = read;
    }

    /** The fault behind an error of LOAD DATA, whose stream can only throw IOExceptions. */
    static Optional<SQLException> in(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException && t.getCause() instanceof SQLException read) {
                return Optional.of(new SourceFault(read));
            }
        }
        return Optional.empty();
    }

    SQLException read() {
        return read;
    }
}
