package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * A body in a charset that writes ASCII in other bytes, named by a header that its reader may not heed, or guessed. Who takes the bytes as they
 * are must see nothing either: a second masker reads them so, ahead of the first, and where it would mask something the body is refused. Zeros where
 * the charset has them are blanks to it, so that what really is UTF-16 says nothing, and elsewhere they are not there, as for a reader with the
 * other byte order.
 */
final class DoubtfulMasker implements BodyMasker {
    private final BodyMasker masker;
    private final BodyMasker plain;
    private final Held pending = new Held();
    private final Released released = new Released();

    private final int unit;
    private final boolean little;
    private long position;

    /** @param plain passes what it does not mask as it came, and reads zeros as if they were not there */
    DoubtfulMasker(Charset charset, BodyMasker masker, BodyMasker plain) {
        this.masker = masker;
        this.plain = plain;
        String name = charset.name();
        this.unit = name.startsWith("UTF-16") ? 2 : name.startsWith("UTF-32") ? 4 : 1;
        this.little = name.endsWith("LE");
    }

    /** Whether the next byte is one that the charset leaves zero in ASCII text. */
    private boolean isPadding() {
        int at = (int) (position++ % unit);
        return unit > 1 && at != (little ? 0 : unit - 1);
    }

    /** Counts what the second masker lets through. */
    private static final class Released extends OutputStream {
        int count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        pending.add(bytes, offset, offset + length);
        byte[] blanks = new byte[length];
        for (int i = 0; i < length; i++) {
            byte b = bytes[offset + i];
            blanks[i] = isPadding() && b == 0 ? (byte) ' ' : b;
        }
        plain.update(blanks, 0, length, released);
        pass(out);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        plain.finish(released);
        pass(out);
        masker.finish(out);
    }

    private void pass(OutputStream out) throws IOException {
        if (plain.masked() > 0) {
            throw new BodyRefusedException(
                    "the body reads as one text in its charset and as another in ASCII, which a mask rule governs; correct the sender's charset");
        }
        int decided = Math.min(released.count, pending.length());
        masker.update(pending.bytes(), 0, decided, out);
        pending.dropFirst(decided);
        released.count -= decided;
    }

    @Override
    public int masked() {
        return masker.masked();
    }
}
