package io.sallyport.http.answer;

import io.sallyport.core.record.credential.CredentialText;
import io.sallyport.core.record.credential.NamedBeside;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body without its credentials. Their names are looked for in the text as it stands; where the format can write a name in another way
 * (percent-encoding in forms, {@code \}{@code u0073} in JSON, a header of its own in multipart bodies), it is read as its receiver reads it, or nothing of the
 * body is shown.
 */
final class BodyCredentials {

    /** ASCII that is written as an escape: of {@code <}, {@code &}, {@code =} and quotes for browsers (Gson, Go), or of anything. */
    private static final Pattern ESCAPED_ASCII = Pattern.compile("(\\\\+)u00([2-7][0-9a-fA-F])");

    private BodyCredentials() {}

    /** @return {@code null} where it cannot be told what of the body is one */
    static @Nullable String without(String body, @Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        String plain = type.startsWith("multipart/") ? null : unescaped(body);
        return plain == null
                ? null
                : CredentialText.without(NamedBeside.without(
                        type.startsWith("application/x-www-form-urlencoded") ? withoutInForm(plain) : plain));
    }

    /** The same JSON with ASCII as itself; {@code null} where quotes are escaped within what is escaped, so that it cannot be told where a text ends. */
    private static @Nullable String unescaped(String body) {
        Matcher escape = ESCAPED_ASCII.matcher(body);
        if (!escape.find()) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        do {
            char c = (char) Integer.parseInt(escape.group(2), 16);
            boolean special = c == '"' || c == '\\';
            if (special && escape.group(1).length() > 1) {
                return null;
            }
            escape.appendReplacement(out, Matcher.quoteReplacement(special ? "\\" + c : String.valueOf(c)));
        } while (escape.find());
        return escape.appendTail(out).toString();
    }

    private static String withoutInForm(String body) {
        if (body.indexOf('%') < 0 && body.indexOf('+') < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            out.append(out.isEmpty() ? "" : "&");
            if (equals < 0 || !isCredential(pair.substring(0, equals), pair.substring(equals + 1))) {
                out.append(pair);
            } else {
                out.append(pair, 0, equals + 1).append('…');
            }
        }
        return out.toString();
    }

    /** Either by its name, of which {@code user[password]} tells by what is in brackets, or by what the value holds. */
    private static boolean isCredential(String name, String value) {
        String named = decoded(name).replace('[', ' ').replace(']', ' ').strip() + "=secret";
        String held = decoded(value);
        return !CredentialText.without(named).equals(named)
                || !CredentialText.without(held).equals(held);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // A cut, or no encoding at all.
            return text;
        }
    }
}
