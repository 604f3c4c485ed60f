package io.bactrian.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Counts and digests what goes to a file. Closing it leaves the file open, for its owner to sync.
 */
final class CheckedOutput extends OutputStream {
    private final FileChannel file;
    private final MessageDigest digest = Packing.sha256();
    private long bytes;

    CheckedOutput(FileChannel file) {
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(b, from, length);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        digest.update(b, from, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Of all that was written; to be asked for once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
