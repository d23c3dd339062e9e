package io.sallyport.http.answer;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.Untouched;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Masks a document that is compressed as what it is ({@code application/gzip}, RFC 6713; {@code application/x-ndjson+gzip}), not on its way
 * ({@code Content-Encoding}): it is decompressed, masked and compressed again, so that its media type stays true. What has no media type
 * that says anything is looked at for the first two bytes of gzip. Archives (tar) pass as they are. Not thread-safe.
 */
final class CompressedMedia implements BodyMasker {

    private static final byte[] MAGIC = {0x1F, (byte) 0x8B};

    /** As much of a document as tells whether it is an archive. */
    private static final int HEAD = 512;

    /** A body whose first bytes are hidden behind more than this is taken for a document. */
    private static final int LONGEST_LOOK = 1 << 16;

    /** Where the header of an archive says what it is (POSIX.1, {@code ustar}). */
    private static final int TAR_MARK = 257;

    private static final byte[] USTAR = {'u', 's', 't', 'a', 'r'};

    private final BodyMasker document;
    private final BodyMasker plain;
    private final Relay relay = new Relay();
    private @Nullable ByteArrayOutputStream head = new ByteArrayOutputStream(HEAD);
    private @Nullable OutputStream compressing;
    private @Nullable BodyMasker chosen;

    /**
     * @param document for what is compressed
     * @param plain for a body that turns out not to be
     */
    private CompressedMedia(BodyMasker document, BodyMasker plain) {
        this.document = document;
        this.plain = plain;
    }

    /** The masker for a body of this media type; {@code null} where it passes. */
    static @Nullable BodyMasker of(BodyMaskPlan plan, @Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/gzip",
                    "application/x-gzip",
                    "application/x-gunzip",
                    "application/gzipped",
                    "application/gzip-compressed" -> within(plan, null);
            case "", "application/octet-stream", "binary/octet-stream" -> {
                BodyMasker plain = plan.masker(contentType);
                BodyMasker inside = plain == null ? null : plan.masker(contentType);
                yield plain == null || inside == null ? null : new CompressedMedia(inside, plain);
            }
            case "application/zstd", "application/x-zstd" -> unread(plan);
            default -> {
                if (type.endsWith("+gzip")) {
                    yield within(plan, type.substring(0, type.length() - "+gzip".length()));
                }
                yield type.endsWith("+zstd") ? unread(plan) : plan.masker(contentType);
            }
        };
    }

    private static @Nullable BodyMasker within(BodyMaskPlan plan, @Nullable String type) {
        BodyMasker inside = plan.masker(type);
        return inside == null
                ? null
                : new CompressedMedia(
                        inside, new RefusedBody("a body that is called gzip and is not cannot be masked"));
    }

    private static @Nullable BodyMasker unread(BodyMaskPlan plan) {
        return plan.masker("application/json") == null
                ? null
                : new RefusedBody("a document under a masking rule is compressed in a way that cannot be read here");
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        ByteArrayOutputStream looked = head;
        if (looked == null) {
            pass(bytes, offset, length, out);
            return;
        }
        looked.write(bytes, offset, length);
        look(looked.toByteArray(), false, out);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        ByteArrayOutputStream looked = head;
        if (looked != null) {
            look(looked.toByteArray(), true, out);
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

    private void look(byte[] bytes, boolean last, OutputStream out) throws IOException {
        if (bytes.length < 2 && !last) {
            return;
        }
        if (!isAt(0, MAGIC, bytes)) {
            decided(plain, bytes, out);
            return;
        }
        byte[] start = start(bytes);
        if (start.length < HEAD && bytes.length < LONGEST_LOOK && !last) {
            return;
        }
        if (isAt(TAR_MARK, USTAR, start)) {
            decided(Untouched.INSTANCE, bytes, out);
            return;
        }
        relay.to = out;
        compressing = new GZIPOutputStream(relay, HEAD, true);
        decided(InflatingMasker.gzip(document), bytes, out);
    }

    private void decided(BodyMasker masker, byte[] bytes, OutputStream out) throws IOException {
        chosen = masker;
        head = null;
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

    /** The first bytes of what is compressed, as far as they are here. */
    private static byte[] start(byte[] compressed) {
        byte[] start = new byte[HEAD];
        int n = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            while (n < HEAD) {
                int read = in.read(start, n, HEAD - n);
                if (read < 0) {
                    break;
                }
                n += read;
            }
        } catch (IOException untilNow) {
            // The rest is not here yet, or is damaged, which the masker will find.
        }
        return Arrays.copyOf(start, n);
    }

    private static boolean isAt(int place, byte[] mark, byte[] bytes) {
        return bytes.length >= place + mark.length
                && Arrays.equals(bytes, place, place + mark.length, mark, 0, mark.length);
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
