package io.sallyport.http.answer;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.InflatingMasker;
import io.sallyport.core.mask.body.Untouched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The beginning of a body, of an answer or a request, for the record. Not thread-safe. */
public final class BodySample {

    /** Bytes that are kept; what the spool keeps of a sample is no longer. */
    private static final int MOST = 8 * 1024;

    private final BodyMaskPlan plan;
    private final @Nullable String contentType;
    private final @Nullable String coding;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private boolean cut;

    /**
     * @param plan what the body must be masked with before it is written down
     * @param contentType as its header field says
     * @param coding of what will be kept; {@code null} for none
     */
    public BodySample(BodyMaskPlan plan, @Nullable String contentType, @Nullable String coding) {
        this.plan = plan;
        this.contentType = FieldValues.mediaType(contentType);
        this.coding = coding;
    }

    /** The next piece of the body. */
    public void add(byte[] bytes, int offset, int length) {
        int room = room();
        kept.write(bytes, offset, Math.min(room, length));
        cut |= length > room;
    }

    /** How many bytes more are kept. */
    public int room() {
        return MOST - kept.size();
    }

    /** What was kept as text, with an ellipsis where it was cut; {@code null} for what is none, or cannot be masked or read. */
    public @Nullable String text() {
        byte[] bytes = kept.toByteArray();
        byte[] clear = decoded(bytes);
        // Some clients decode a body and leave the header field.
        byte[] shown = masked(clear == null ? bytes : clear);
        if (shown == null || shown.length == 0) {
            return null;
        }
        CharBuffer text = CharBuffer.allocate(shown.length);
        boolean readable = !charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                // A character that the cut has split is not malformed.
                .decode(ByteBuffer.wrap(shown), text, false)
                .isError();
        String read = text.flip().toString();
        String known = readable && read.indexOf('\0') < 0 ? BodyCredentials.without(read, contentType, cut) : null;
        return known != null && cut ? known + "…" : known;
    }

    private byte @Nullable [] decoded(byte[] bytes) {
        BodyMasker decoder = InflatingMasker.behind(coding, Untouched.INSTANCE);
        return decoder == Untouched.INSTANCE ? bytes : decoder == null ? null : through(decoder, bytes);
    }

    private byte @Nullable [] masked(byte[] bytes) {
        BodyMasker masker = plan == BodyMaskPlan.NONE ? null : plan.masker(contentType);
        return masker == null ? bytes : through(masker, bytes);
    }

    /** The end of what was kept need not be the end of the body, so that the masker is not told of one. */
    private byte @Nullable [] through(BodyMasker masker, byte[] bytes) {
        Bounded out = new Bounded();
        try {
            masker.update(bytes, 0, bytes.length, out);
            if (!cut) {
                masker.finish(out);
            }
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
        cut |= out.full;
        return out.toByteArray();
    }

    private Charset charset() {
        Charset named = BodyMaskers.charset(contentType);
        return named == null ? StandardCharsets.UTF_8 : named;
    }

    /** A few compressed bytes may hold many. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean full;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            int room = MOST - bytes.size();
            bytes.write(source, offset, Math.min(room, length));
            full |= length > room;
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
