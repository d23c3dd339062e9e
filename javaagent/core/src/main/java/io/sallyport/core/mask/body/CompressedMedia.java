package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Masks a document that is compressed as what it is ({@code application/gzip}, RFC 6713; {@code application/x-ndjson+gzip}), not on its way
 * ({@code Content-Encoding}): it is decompressed, masked and compressed again, so that its media type stays true. Whatever a body is called, it
 * is looked at for the first bytes of gzip, inside of gzip as well. Archives (tar), and all else that no rule concerns, pass byte by byte. Not
 * thread-safe.
 */
public final class CompressedMedia implements BodyMasker {

    /** RFC 1952 section 2.3.1: identification, and the one method there is. */
    private static final byte[] MAGIC = {0x1F, (byte) 0x8B, 8};

    /** Gzip in gzip in gzip; more is made to hide something. */
    private static final int DEEPEST = 3;

    private final Supplier<BodyMasker> documents;
    private final BodyMasker plain;
    private final Relay relay = new Relay();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private @Nullable GzipHead head;
    private @Nullable OutputStream compressing;
    private @Nullable BodyMasker chosen;

    /**
     * @param documents for what is compressed
     * @param plain for a body that turns out not to be
     */
    private CompressedMedia(Supplier<BodyMasker> documents, BodyMasker plain) {
        this.documents = documents;
        this.plain = plain;
    }

    /**
     * The masker for a body of this media type; {@code null} where it passes.
     *
     * @param coded whether the body comes out of a {@code Content-Encoding}: servers name one compression in both fields
     */
    public static @Nullable BodyMasker of(BodyMaskPlan plan, @Nullable String contentType, boolean coded) {
        String type = contentType == null
                ? ""
                : contentType.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/gzip",
                    "application/x-gzip",
                    "application/x-gunzip",
                    "application/gzipped",
                    "application/gzip-compressed" -> within(plan, null, coded);
            case "application/zstd", "application/x-zstd", "application/zlib", "application/x-zlib" -> unread(plan);
            default -> {
                if (type.endsWith("+gzip")) {
                    yield within(plan, type.substring(0, type.length() - "+gzip".length()), coded);
                }
                yield type.endsWith("+zstd") || type.endsWith("+zlib")
                        ? unread(plan)
                        : orCompressed(plan, contentType, plan.masker(contentType));
            }
        };
    }

    private static @Nullable BodyMasker within(BodyMaskPlan plan, @Nullable String type, boolean coded) {
        BodyMasker inside = plan.masker(type);
        return orCompressed(
                plan, type, inside == null || coded ? inside : new RefusingMasker("a body is called gzip and is not"));
    }

    private static @Nullable BodyMasker orCompressed(
            BodyMaskPlan plan, @Nullable String type, @Nullable BodyMasker plain) {
        return plain == null ? null : new CompressedMedia(() -> inside(plan, type, 1), plain);
    }

    /** @param depth of the gzip around it */
    private static BodyMasker inside(BodyMaskPlan plan, @Nullable String type, int depth) {
        BodyMasker plain = plan.masker(type);
        return plain == null
                ? Untouched.INSTANCE
                : new CompressedMedia(
                        () -> depth == DEEPEST
                                ? new RefusingMasker("gzip within gzip is nested too deep")
                                : inside(plan, type, depth + 1),
                        plain);
    }

    private static @Nullable BodyMasker unread(BodyMaskPlan plan) {
        return plan.masker("application/json") == null
                ? null
                : new RefusingMasker("a document is compressed in a way that cannot be read here");
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (length == 0) {
            return;
        }
        if (chosen != null) {
            pass(bytes, offset, length, out);
        } else if (held.size() == 0 && bytes[offset] != MAGIC[0]) {
            chosen = plain;
            plain.update(bytes, offset, length, out);
        } else {
            look(bytes, offset, length, out);
        }
    }

    private void look(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int before = held.size();
        held.write(bytes, offset, length);
        GzipHead reading = head;
        if (reading != null) {
            reading.read(bytes, offset, length);
        } else if (held.size() >= MAGIC.length) {
            byte[] first = held.toByteArray();
            if (!isGzip(first)) {
                decided(plain, out);
                return;
            }
            reading = new GzipHead(documents.get());
            head = reading;
            reading.read(first, 0, before + length);
        }
        if (reading != null && reading.passes()) {
            decided(Untouched.INSTANCE, out);
        } else if (reading != null && !reading.undecided()) {
            compressAgain(out);
        }
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (chosen == null) {
            ended(out);
        }
        OutputStream compressed = compressing;
        BodyMasker masker = chosen;
        if (compressed != null && masker != null) {
            relay.to = out;
            masker.finish(compressed);
            compressed.close();
        } else if (masker != null) {
            masker.finish(out);
        }
    }

    private void ended(OutputStream out) throws IOException {
        GzipHead reading = head;
        if (reading == null) {
            decided(plain, out);
            return;
        }
        reading.end();
        if (reading.wholePasses()) {
            decided(Untouched.INSTANCE, out);
        } else {
            compressAgain(out);
        }
    }

    private void compressAgain(OutputStream out) throws IOException {
        relay.to = out;
        compressing = new GZIPOutputStream(relay, 512, true);
        decided(InflatingMasker.gzip(documents.get()), out);
    }

    private void decided(BodyMasker masker, OutputStream out) throws IOException {
        chosen = masker;
        head = null;
        byte[] bytes = held.toByteArray();
        held.reset();
        pass(bytes, 0, bytes.length, out);
    }

    private void pass(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        BodyMasker masker = chosen;
        if (masker == null) {
            throw new IllegalStateException("a body is passed on before it was looked at");
        }
        OutputStream compressed = compressing;
        if (compressed == null) {
            masker.update(bytes, offset, length, out);
            return;
        }
        relay.to = out;
        masker.update(bytes, offset, length, compressed);
        // Events that come one by one are read one by one.
        compressed.flush();
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes[0] == MAGIC[0] && bytes[1] == MAGIC[1] && bytes[2] == MAGIC[2];
    }

    @Override
    public boolean passes() {
        return chosen != null && compressing == null && chosen.passes();
    }

    @Override
    public int masked() {
        return chosen == null ? 0 : chosen.masked();
    }

    /** Where compressed bytes go now: each piece of a body has an output of its own. */
    private static final class Relay extends OutputStream {

        private OutputStream to = OutputStream.nullOutputStream();

        @Override
        public void write(int b) throws IOException {
            to.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
        }
    }
}
