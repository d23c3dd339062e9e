package io.sallyport.http.answer;

import io.sallyport.core.mask.BodyMasker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A body that its client passes on piece by piece, on its way through a masker. A piece is copied once on its way in, to where the one before it
 * was, and not on its way out. Not thread-safe; pieces follow each other.
 */
public final class MaskedPieces {

    private static final byte[] NOTHING = {};

    /** What masking may add to a piece without another array. */
    private static final int SLACK = 256;

    private final BodyMasker masker;
    private byte[] input = NOTHING;
    private Released released = new Released(0);

    public MaskedPieces(BodyMasker masker) {
        this.masker = masker;
    }

    /** Takes what remains of the piece. */
    public void add(ByteBuffer piece) throws IOException {
        int length = piece.remaining();
        if (input.length < length) {
            input = new byte[length];
        }
        piece.get(input, 0, length);
        if (released.size() == 0) {
            released = new Released(length + SLACK);
        }
        masker.update(input, 0, length, released);
    }

    /** The body has ended. */
    public void finish() throws IOException {
        masker.finish(released);
    }

    /** What has come out since this was last asked; nothing else refers to it any more. */
    public ByteBuffer taken() {
        ByteBuffer taken = released.whole();
        released = new Released(0);
        return taken;
    }

    private static final class Released extends ByteArrayOutputStream {

        Released(int size) {
            super(size);
        }

        ByteBuffer whole() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
