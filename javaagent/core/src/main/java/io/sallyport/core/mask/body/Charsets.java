package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which charset a body is written in where its first bytes tell. */
final class Charsets {
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final int LONGEST_DECLARATION = 512;

    private Charsets() {}

    /** Finds the charset in a body's first bytes. */
    interface Sniffer {
        /**
         * @param last whether no more bytes will come
         * @return {@code null} while more bytes are needed
         * @throws UnsupportedCharsetException if the body names one that this JVM does not know
         */
        @Nullable
        Charset charset(byte[] head, int length, boolean last);
    }

    /** The masker for the charset that the content type names, or else the body itself. */
    static BodyMasker of(ContentType type, Sniffer sniffer, Function<Charset, BodyMasker> masker) {
        String name = type.parameters().get("charset");
        Charset declared = name == null || name.isEmpty() ? null : named(name);
        if (declared == null && name != null && !name.isEmpty()) {
            return RefusingMasker.unknownCharset();
        }
        boolean ordered = declared != null
                && !declared.name().equals("UTF-16")
                && !declared.name().equals("UTF-32");
        if (declared != null && ordered) {
            return masker.apply(declared);
        }
        return new SniffingMasker((head, length, last) -> {
            try {
                Charset charset =
                        declared == null ? sniffer.charset(head, length, last) : ordered(declared, head, length, last);
                return charset == null ? null : masker.apply(charset);
            } catch (UnsupportedCharsetException unknown) {
                return RefusingMasker.unknownCharset();
            }
        });
    }

    /** Whether ASCII stays ASCII in it. */
    static boolean holdsAscii(Charset charset) {
        String ascii = "azAZ09@.,:\"{[<&=+ \n";
        return new String(ascii.getBytes(StandardCharsets.US_ASCII), charset).equals(ascii);
    }

    /** The characters that the first bytes are, without one that is cut. */
    static String start(byte[] head, int length, Charset charset, boolean last) {
        String text = new String(head, 0, length, charset);
        int end = text.length();
        while (!last && end > 0 && text.charAt(end - 1) == '\uFFFD') {
            end--;
        }
        return text.substring(0, end);
    }

    /** The charset of that name, or {@code null} where this JVM does not know it or can only read it. */
    static @Nullable Charset named(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.canEncode() ? charset : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }

    /**
     * By byte order mark and by the zeros that ASCII leaves in wider encodings (RFC 4627 section 3, XML 1.0 appendix F).
     *
     * @return {@code null} while four bytes have not come
     * @throws UnsupportedCharsetException if the mark is UTF-7's, in which no byte says what it seems to
     */
    static @Nullable Charset byZeros(byte[] head, int length, boolean last) {
        if (length < 4 && !last) {
            return null;
        }
        int a = at(head, length, 0);
        int b = at(head, length, 1);
        int c = at(head, length, 2);
        int d = at(head, length, 3);
        if (a == '+' && b == '/' && c == 'v' && d >= 0 && "89+/".indexOf(d) >= 0) {
            throw new UnsupportedCharsetException("UTF-7");
        } else if (a == 0 && b == 0 && ((c == 0xFE && d == 0xFF) || (c == 0 && d > 0))) {
            return UTF_32BE;
        } else if ((a == 0xFF && b == 0xFE && c == 0 && d == 0) || (a > 0 && b == 0 && c == 0 && d == 0)) {
            return UTF_32LE;
        } else if ((a == 0xFE && b == 0xFF) || (a == 0 && b > 0)) {
            return StandardCharsets.UTF_16BE;
        } else if ((a == 0xFF && b == 0xFE) || (a > 0 && b == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static int at(byte[] head, int length, int index) {
        return index < length ? head[index] & 0xFF : -1;
    }

    /** Of {@code UTF-16} and {@code UTF-32} without byte order in the name: as their first bytes say, big endian otherwise. */
    static @Nullable Charset ordered(Charset declared, byte[] head, int length, boolean last) {
        Charset seen = byZeros(head, length, last);
        if (seen == null || !seen.equals(StandardCharsets.UTF_8)) {
            return seen;
        }
        return declared.name().equals("UTF-32") ? UTF_32BE : StandardCharsets.UTF_16BE;
    }

    /**
     * Of an XML document.
     *
     * @return {@code null} while more bytes are needed
     * @throws UnsupportedCharsetException if the declaration names one that this JVM does not know
     */
    static @Nullable Charset ofXml(byte[] head, int length, boolean last) {
        Charset family = byZeros(head, length, last);
        if (family == null || !family.equals(StandardCharsets.UTF_8)) {
            return family;
        }
        String start = new String(head, 0, Math.min(length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00EF\u00BB\u00BF") || (start.length() >= 5 && !start.startsWith("<?xml"))) {
            return StandardCharsets.UTF_8;
        }
        int close = start.indexOf("?>");
        if (close < 0) {
            return last || length >= LONGEST_DECLARATION ? StandardCharsets.UTF_8 : null;
        }
        int encoding = start.indexOf("encoding");
        if (encoding < 0 || encoding > close) {
            return StandardCharsets.UTF_8;
        }
        int open = encoding + 8;
        while (open < close && start.charAt(open) != '"' && start.charAt(open) != '\'') {
            open++;
        }
        int end = start.indexOf(start.charAt(open), open + 1);
        if (end < 0 || end > close) {
            return StandardCharsets.UTF_8;
        }
        Charset named = named(start.substring(open + 1, end));
        if (named == null) {
            throw new UnsupportedCharsetException("of the XML declaration");
        }
        // A document whose first bytes are ASCII cannot be UTF-16, whatever it says of itself.
        return named.name().startsWith("UTF-16") || named.name().startsWith("UTF-32") ? StandardCharsets.UTF_8 : named;
    }
}
