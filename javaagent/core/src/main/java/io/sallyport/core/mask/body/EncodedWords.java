package io.sallyport.core.mask.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of mail headers in another charset (RFC 2047): {@code =?utf-8?Q?e=6Dail?=}. Some readers of forms take the names of fields so. */
final class EncodedWords {
    private static final Pattern WORD =
            Pattern.compile("=\\?([\\w-]{1,40})(?:\\*[\\w-]{1,20})?\\?([QqBb])\\?([^? ]{0,200})\\?=");

    private EncodedWords() {}

    /** The text that they stand for; what is none stays. */
    static String decoded(String text) {
        return text.indexOf("=?") < 0
                ? text
                : WORD.matcher(text)
                        .replaceAll(word -> Matcher.quoteReplacement(
                                decoded(word.group(1), word.group(2), word.group(3), word.group())));
    }

    private static String decoded(String charsetName, String encoding, String content, String otherwise) {
        Charset charset = Charsets.named(charsetName);
        try {
            byte[] bytes =
                    encoding.equalsIgnoreCase("b") ? Base64.getMimeDecoder().decode(content) : quoted(content);
            return charset == null ? otherwise : new String(bytes, charset);
        } catch (IllegalArgumentException noBase64) {
            return otherwise;
        }
    }

    private static byte[] quoted(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            int octet = c == '=' && i + 2 < content.length() ? octet(content, i + 1) : -1;
            if (octet >= 0) {
                bytes.write(octet);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c == '_' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static int octet(String content, int at) {
        int high = Character.digit(content.charAt(at), 16);
        int low = Character.digit(content.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
