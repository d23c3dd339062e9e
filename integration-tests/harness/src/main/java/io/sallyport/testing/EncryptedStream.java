package io.sallyport.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One direction of a connection that must be TLS after its preamble (record layer: RFC 8446, section 5.1). Of one thread at a time. */
final class EncryptedStream {

    /**
     * What no test may show on the wire: passwords and values of the harness and of the tests, and words of every statement. Seven letters at
     * least, which ciphertext does not hold by chance.
     */
    private static final List<String> CANARIES =
            List.of("password-canary", "user-canary", "4111111111111111", "SELECT ", "INSERT INTO ", "secret 42");

    private static final int LONGEST =
            CANARIES.stream().mapToInt(String::length).max().orElseThrow();

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;
    private static final int LARGEST_RECORD = (1 << 14) + 2048;

    private final TlsBegins.Preamble preamble;
    private final Predicate<ByteBuffer> givenUp;
    private final byte[] head = new byte[5];
    private String tail = "";
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private boolean isTls;
    private int inHead;
    private int inRecord;
    private boolean isPlain;

    /** @param givenUp whether the rest of what arrived, from the place of a record on, ends the connection instead */
    EncryptedStream(TlsBegins.Preamble preamble, Predicate<ByteBuffer> givenUp) {
        this.preamble = preamble;
        this.givenUp = givenUp;
    }

    /** @return what should not have crossed; {@code null} where all is well, and after the first complaint */
    @Nullable
    String look(byte[] bytes, int length) {
        if (isPlain) {
            return null;
        }
        String complaint = canary(bytes, length);
        int from = 0;
        if (complaint == null && !isTls) {
            from = beforeTls(bytes, length);
        }
        if (complaint == null && (from < 0 || isTls && !records(bytes, from, length))) {
            complaint = "no TLS: '" + new String(bytes, 0, Math.min(length, 60), StandardCharsets.ISO_8859_1) + "'";
        }
        isPlain = complaint != null;
        return complaint;
    }

    private @Nullable String canary(byte[] bytes, int length) {
        String text = tail + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        tail = text.substring(Math.max(0, text.length() - LONGEST + 1));
        return CANARIES.stream()
                .filter(text::contains)
                .findFirst()
                .map(canary -> "the canary '" + canary + "'")
                .orElse(null);
    }

    /** @return what of {@code bytes} has been looked at; -1: there is something that should not be */
    private int beforeTls(byte[] bytes, int length) {
        before.write(bytes, 0, length);
        ByteBuffer all = ByteBuffer.wrap(before.toByteArray());
        while (all.hasRemaining()) {
            int start = all.position();
            int next = preamble.look(all);
            if (next == TlsBegins.Preamble.OVER) {
                isTls = true;
                return records(all.array(), all.position(), all.limit()) ? length : -1;
            } else if (next == TlsBegins.Preamble.MORE) {
                return 0;
            } else if (next == TlsBegins.Preamble.PLAIN) {
                return -1;
            }
            all.position(start + next);
        }
        return 0;
    }

    private boolean records(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length) {
            if (inRecord > 0) {
                int skipped = Math.min(inRecord, length - at);
                inRecord -= skipped;
                at += skipped;
                continue;
            }
            head[inHead++] = bytes[at++];
            if (inHead == head.length) {
                inHead = 0;
                inRecord = (head[3] & 0xff) << 8 | head[4] & 0xff;
                if (inRecord > LARGEST_RECORD) {
                    return false;
                }
            }
            if (head[0] < CHANGE_CIPHER_SPEC || head[0] > APPLICATION_DATA || inHead > 1 && head[1] != 3) {
                int start = at - Math.max(inHead, 1);
                return start >= from && givenUp.test(ByteBuffer.wrap(bytes, start, length - start));
            }
        }
        return true;
    }
}
