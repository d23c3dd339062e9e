package io.sallyport.http;

import io.sallyport.core.command.RequestBody;
import io.sallyport.http.answer.FieldValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that a rule may ask for. It is read at most once, before anything is sent, up to {@link RequestBody#MOST}
 * bytes; what is then sent is what was read ({@link #captured}), and never produced a second time. A body that could be produced only
 * once, and is longer or of unknown length, is not touched: rules that would need it take it for a match. Not thread-safe.
 */
public abstract class OutgoingBody {

    /** A body that cannot be read before it is sent, such as one that is produced piece by piece as a peer demands it. */
    public static final OutgoingBody UNREADABLE = unreadable(-1);

    /** The same, of this length; -1 where it is unknown. */
    public static OutgoingBody unreadable(long length) {
        return new OutgoingBody() {
            @Override
            protected void produce(OutputStream to) throws IOException {
                throw new Unreadable();
            }

            @Override
            protected long length() {
                return length;
            }
        };
    }

    /** A body that was read already. */
    public static OutgoingBody of(byte[] bytes) {
        return new OutgoingBody() {
            @Override
            protected void produce(OutputStream to) throws IOException {
                to.write(bytes);
            }

            @Override
            protected long length() {
                return bytes.length;
            }
        };
    }

    private byte @Nullable [] captured;

    /** Whether a body may be read here: it fits, or it can be produced again if it turns out that it does not. */
    protected static void demandReadable(long length, boolean repeatable) throws IOException {
        if (length > RequestBody.MOST || length < 0 && !repeatable) {
            throw new Unreadable();
        }
    }

    /**
     * Writes the body; stops with the exception that {@code to} throws when it is too long.
     *
     * @throws Unreadable where it cannot be read now; any other exception is the application's own, and ends the call
     */
    protected abstract void produce(OutputStream to) throws IOException;

    /** The bytes to send in place of the body: those that the rules saw. {@code null} where nobody asked, or not all of it was read. */
    public byte @Nullable [] captured() {
        return captured;
    }

    /** In bytes, as far as it is known; -1 otherwise. */
    protected long length() {
        return captured == null ? -1 : captured.length;
    }

    final RequestBody read(Map<String, List<String>> headers) {
        if (captured == null) {
            try {
                Bounded bytes = new Bounded();
                produce(bytes);
                captured = bytes.toByteArray();
            } catch (Unreadable | TooLong notWhole) {
                return RequestBody.UNREAD;
            } catch (IOException itsOwn) {
                // What the application's code that makes the body throws is its caller's, as without us; nothing was
                // sent.
                throw OutgoingBody.<RuntimeException>passOn(itsOwn);
            }
        }
        String coding = one(headers, "content-encoding");
        byte[] clear = coding == null || coding.equalsIgnoreCase("identity") ? captured : decoded(coding, captured);
        return clear == null
                ? RequestBody.UNREAD
                : new RequestBody(FieldValues.mediaType(one(headers, "content-type")), clear);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException passOn(Throwable failure) throws T {
        throw (T) failure;
    }

    /** All values as one: servers differ in which of several they take. */
    private static @Nullable String one(Map<String, List<String>> headers, String name) {
        String joined = FieldValues.joined(headers.getOrDefault(name, List.of()));
        return joined == null ? null : joined.strip();
    }

    private static byte @Nullable [] decoded(String coding, byte[] bytes) {
        if (!coding.equalsIgnoreCase("gzip") && !coding.equalsIgnoreCase("x-gzip")) {
            return null;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] clear = in.readNBytes(RequestBody.MOST + 1);
            return clear.length > RequestBody.MOST ? null : clear;
        } catch (IOException damaged) {
            return null;
        }
    }

    /** Throws at the first byte that is too much. */
    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int b) {
            grow(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            grow(length);
            super.write(bytes, offset, length);
        }

        private void grow(int more) {
            if (more > RequestBody.MOST - count) {
                throw new TooLong();
            }
        }
    }

    /** This body is none that can be read before it is sent. */
    protected static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        public Unreadable() {
            super("the body cannot be read before it is sent");
        }
    }

    /** Unchecked, since streams in between may keep checked ones for later. */
    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("the body is longer than what is looked at", null, false, false);
        }
    }
}
