package io.bactrian.backup;

import io.bactrian.error.BackupException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What was packed, no longer than it was: a small file may unpack to more than any disk holds. */
final class Bounded extends FilterInputStream {
    private final long most;
    private final String file;
    private long left;

    /**
     * @param file its name, for the message
     */
    Bounded(InputStream in, long most, String file) {
        super(in);
        this.most = most;
        this.file = file;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        count(n);
        return n;
    }

    private void count(int read) {
        left -= Math.max(0, read);
        if (left < 0) {
            throw new BackupException(
                    file,
                    "holds more than the " + most + " bytes that were packed",
                    "use another one: `bactrian backup list`");
        }
    }
}
