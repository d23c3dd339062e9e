package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a body piece by piece on its way to another masker (RFC 1952 gzip, RFC 1950 and raw RFC 1951 deflate).
 *
 * <p>Push style, because reactive clients push, so {@code java.util.zip.GZIPInputStream} does not fit. Truncated or damaged input is
 * refused; so is anything behind the first gzip member that is not another one. The check sum is left to the content: what is
 * masked is what was decompressed, whether it is what the server meant or not.
 */
public final class InflatingMasker implements BodyMasker {

    private final BodyMasker masker;
    private final @Nullable GzipFraming framing;
    private final byte[] inflated = new byte[8192];
    private @Nullable Inflater inflater;
    private boolean ended;

    private InflatingMasker(BodyMasker masker, @Nullable GzipFraming framing) {
        this.masker = masker;
        this.framing = framing;
    }

    /** The masker of a gzip body. */
    static BodyMasker gzip(BodyMasker masker) {
        return new InflatingMasker(masker, new GzipFraming());
    }

    /**
     * The masker behind a {@code Content-Encoding}.
     *
     * @return {@code masker} itself where the body is not compressed, {@code null} for a coding that cannot be read here
     */
    public static @Nullable BodyMasker behind(@Nullable String coding, BodyMasker masker) {
        return switch (coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> masker;
            case "gzip", "x-gzip" -> gzip(masker);
            case "deflate" -> new InflatingMasker(masker, null);
            default -> null;
        };
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (framing != null && !framing.inData()) {
                at = framing.skip(bytes, at, end);
                continue;
            }
            if (ended) {
                throw damaged();
            }
            at = end - inflate(bytes, at, end - at, out);
        }
    }

    /** @return how many of the bytes were left over behind the end of the compressed data */
    private int inflate(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        Inflater current = inflater;
        if (current == null) {
            // Servers send "deflate" both with the zlib header that RFC 9110 demands and without it.
            boolean zlib = framing == null && (bytes[offset] & 0x0F) == 8;
            current = new Inflater(!zlib);
            inflater = current;
        }
        try {
            current.setInput(bytes, offset, length);
            int n = current.inflate(inflated);
            while (n > 0) {
                masker.update(inflated, 0, n, out);
                n = current.inflate(inflated);
            }
            if (current.needsDictionary()) {
                throw damaged();
            }
        } catch (DataFormatException e) {
            throw damaged();
        }
        int left = current.getRemaining();
        if (current.finished()) {
            close();
            if (framing == null) {
                ended = true;
            } else {
                framing.dataEnded();
            }
        }
        return left;
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        boolean whole = framing == null ? ended || inflater == null : framing.betweenMembers();
        close();
        if (!whole) {
            throw damaged();
        }
        masker.finish(out);
    }

    private void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private static BodyRefusedException damaged() {
        return new BodyRefusedException("a compressed body under a masking rule is damaged or truncated");
    }

    @Override
    public int masked() {
        return masker.masked();
    }
}
