package io.bactrian.sql;

/** The rows of INSERTs that follow one another in a file, as lines. */
final class DumpStream extends LineStream {
    private final DumpText text;
    private final DumpRow row;
    private final byte[] head;
    private boolean inStatement;

    /**
     * @param head of the INSERTs, up to and with the line break in front of the first row
     */
    DumpStream(DumpText text, DumpRow row, byte[] head) {
        super(text.bytes);
        this.text = text;
        this.row = row;
        this.head = head;
    }

    @Override
    boolean fill() {
        if (!inStatement) {
            if (!text.skip(head)) {
                return false;
            }
            inStatement = true;
        }
        text.requireLine();
        buffer = text.bytes;
        from = text.at;
        to = from;
        while (inStatement && text.at < text.end) {
            inStatement = row.translate(text, to);
            to = row.to();
            count++;
        }
        return true;
    }
}
