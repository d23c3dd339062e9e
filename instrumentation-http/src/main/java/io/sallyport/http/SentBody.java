package io.sallyport.http;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.Passage;
import io.sallyport.http.answer.BodySample;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of the body that a request sends, for the record at level {@code full}: each piece is shown to it as the client writes it, so that
 * the body is neither read twice nor waited for. Thread-safe.
 */
public final class SentBody {

    private static final String NOT_KEPT = "<not kept>";

    private final BodySample sample;
    private long count;
    private boolean unseen;

    private SentBody(BodySample sample) {
        this.sample = sample;
    }

    /**
     * A body is about to be written; when the call ends, its record has the beginning.
     *
     * @param header value of a field of the request as it is sent, by its name in lower case, or {@code null}
     * @return {@code null} where bodies are not recorded
     */
    public static @Nullable SentBody of(Passage passage, UnaryOperator<@Nullable String> header) {
        BodyMaskPlan plan = passage.sentUnder();
        if (plan == null) {
            return null;
        }
        SentBody body =
                new SentBody(new BodySample(plan, header.apply("content-type"), header.apply("content-encoding")));
        passage.sends(body::beginning);
        return body;
    }

    /** The request had a body that nothing is known of; its record says so. */
    public static void notKept(Passage passage) {
        if (passage.sentUnder() != null) {
            passage.sends(() -> NOT_KEPT);
        }
    }

    /** Bytes that are written. */
    public synchronized void add(byte[] bytes, int offset, int length) {
        count += length;
        sample.add(bytes, offset, length);
    }

    /** Bytes that are written: those that remain in the buffer, which stays as it is. */
    public synchronized void add(ByteBuffer piece) {
        ByteBuffer copy = piece.duplicate();
        count += copy.remaining();
        byte[] some = new byte[Math.min(copy.remaining(), wanted())];
        copy.get(some);
        sample.add(some, 0, some.length);
    }

    /**
     * How many bytes of the next piece are to be shown to {@link #add}, at most; the others are told to {@link #more}. One more than is kept tells
     * that the body goes on.
     */
    public synchronized int wanted() {
        return sample.room() + 1;
    }

    /** So many bytes are written behind those that were added. */
    public synchronized void more(long length) {
        count += length;
    }

    /** A piece is written that cannot be looked at, of that length; -1 where not even that is known. */
    public synchronized void unseen(long length) {
        count += Math.max(0, length);
        unseen = true;
    }

    /** A stream that shows what is written to it. */
    public OutputStream before(OutputStream out) {
        return new Shown(out);
    }

    private synchronized @Nullable String beginning() {
        String text = unseen ? null : sample.text();
        if (text != null) {
            return text;
        }
        // Files that the system sends by itself, pictures, codings that are not known.
        return count > 0 ? "<" + count + " bytes>" : unseen ? NOT_KEPT : null;
    }

    private final class Shown extends FilterOutputStream {

        Shown(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            add(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            add(bytes, offset, length);
        }

        /** Not that of the super class, which hides what {@code flush} throws. */
        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
