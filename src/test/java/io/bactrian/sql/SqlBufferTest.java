package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class SqlBufferTest {

    @Property
    void quotesWhatStandsAnywhereInAnArray(
            @ForAll("values") byte[] value, @ForAll @IntRange(max = 9) int before)
            throws IOException {
        byte[] among = new byte[before + value.length + 3];
        Arrays.fill(among, (byte) '\'');
        System.arraycopy(value, 0, among, before, value.length);
        SqlBuffer sql = new SqlBuffer();

        sql.quoted(among, before, value.length);

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        sql.writeTo(written);
        assertThat(written.toByteArray()).isEqualTo(quotedByteForByte(value));
    }

    /** Many of the bytes that matter, and of their neighbours. */
    @Provide
    Arbitrary<byte[]> values() {
        Arbitrary<Byte> special =
                Arbitraries.of(
                        (byte) 0,
                        (byte) 9,
                        (byte) 10,
                        (byte) 13,
                        (byte) 0x1a,
                        (byte) 0x1b,
                        (byte) 0x1f,
                        (byte) 0x20,
                        (byte) '&',
                        (byte) '\'',
                        (byte) '(',
                        (byte) '[',
                        (byte) '\\',
                        (byte) ']',
                        (byte) 0x7f,
                        (byte) 0x80,
                        (byte) 0xa7,
                        (byte) 0xdc,
                        (byte) 0xff);
        return Arbitraries.frequencyOf(Tuple.of(1, special), Tuple.of(6, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(70);
    }

    private static byte[] quotedByteForByte(byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('\'');
        for (byte b : value) {
            int escaped = "\0\n\r\t\u001a\\'".indexOf(b & 0xff);
            if (escaped >= 0) {
                out.write('\\');
                out.write("0nrtZ\\'".charAt(escaped));
            } else {
                out.write(b);
            }
        }
        out.write('\'');
        return out.toByteArray();
    }
}
