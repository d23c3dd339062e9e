package io.sallyport.core.mask.detect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * The same for bytes: each is taken for the character of its number, so that all outside findings stay as they are. What begins like
 * no text (control characters) passes: random bytes look like anything now and then, and an image must stay whole. Not thread-safe.
 */
final class DetectingStream extends InputStream {
    private final Reader masked;
    private final char[] chunk = new char[4096];

    private static final int HEAD = 4096;

    /** @return the bytes of {@code clear} as they are where it holds no text */
    static InputStream over(DetectorMask mask, InputStream clear) {
        BufferedInputStream buffered = new BufferedInputStream(clear, HEAD);
        try {
            buffered.mark(HEAD);
            byte[] head = buffered.readNBytes(HEAD);
            buffered.reset();
            return isText(head) ? new DetectingStream(mask, buffered) : buffered;
        } catch (IOException unreadable) {
            // The reader meets the same failure, or reads what is masked.
            return new DetectingStream(mask, buffered);
        }
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B) {
                return false;
            }
        }
        return true;
    }

    private DetectingStream(DetectorMask mask, InputStream clear) {
        this.masked = new DetectingReader(mask, new InputStreamReader(clear, StandardCharsets.ISO_8859_1));
    }

    @Override
    public int read() throws IOException {
        int c = masked.read();
        return c < 0 ? -1 : toByte((char) c) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = masked.read(chunk, 0, Math.min(length, chunk.length));
        for (int i = 0; i < n; i++) {
            target[offset + i] = toByte(chunk[i]);
        }
        return n;
    }

    /** A mask may hold characters that no byte has. */
    private static byte toByte(char c) {
        return (byte) (c < 256 ? c : '?');
    }

    @Override
    public void close() throws IOException {
        masked.close();
    }
}
