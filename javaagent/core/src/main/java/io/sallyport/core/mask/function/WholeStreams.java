package io.sallyport.core.mask.function;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Streams that are masked as one value, in bounded memory. */
final class WholeStreams {
    /** Characters or bytes up to which a stream is masked as what it holds. */
    static final int LONGEST = 32 * 1024;

    private WholeStreams() {}

    static @Nullable Reader mask(MaskingFunction function, Reader clear) {
        String masked = function.replacement();
        try (clear) {
            char[] buffer = new char[LONGEST + 1];
            int length = 0;
            int n;
            while (length < buffer.length && (n = clear.read(buffer, length, buffer.length - length)) >= 0) {
                length += n;
            }
            if (length <= LONGEST) {
                masked = function.text(new String(buffer, 0, length));
            }
        } catch (IOException unreadable) {
            masked = function.replacement();
        }
        return masked == null ? null : new StringReader(masked);
    }

    static @Nullable InputStream mask(MaskingFunction function, InputStream clear) {
        String replacement = function.replacement();
        byte[] masked = replacement == null ? null : replacement.getBytes(StandardCharsets.UTF_8);
        try (clear) {
            byte[] bytes = clear.readNBytes(LONGEST + 1);
            if (bytes.length <= LONGEST) {
                masked = function.bytes(bytes);
            }
        } catch (IOException unreadable) {
            masked = replacement == null ? null : replacement.getBytes(StandardCharsets.UTF_8);
        }
        return masked == null ? null : new ByteArrayInputStream(masked);
    }
}
