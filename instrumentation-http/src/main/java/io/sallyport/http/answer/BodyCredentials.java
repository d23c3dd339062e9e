package io.sallyport.http.answer;

import io.sallyport.core.record.credential.CredentialNames;
import io.sallyport.core.record.credential.CredentialText;
import io.sallyport.core.record.credential.FormCredentials;
import io.sallyport.core.record.credential.NamedBeside;
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

    private static final Pattern YAML_VALUE = Pattern.compile(":[ \\t]+[\"']?([^\\n,}\\]\"']+)");

    private static final Pattern CELL = Pattern.compile("([^,;|\"'\\t\\r\\n]+)");

    private BodyCredentials() {}

    /**
     * @param cut whether it goes on
     * @return {@code null} where it cannot be told what of the body is one
     */
    static @Nullable String without(String body, @Nullable String contentType, boolean cut) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        String plain = type.startsWith("multipart/") || cannotBeTold(body, type) ? null : unescaped(body);
        if (plain == null) {
            return null;
        }
        String alone = NamedBeside.without(plain);
        return CredentialText.without(
                type.startsWith("application/x-www-form-urlencoded") ? FormCredentials.without(alone, cut) : alone);
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

    /** What a server makes of an entity of the document's own is not known here; which of the rows or members a name is about, neither. */
    private static boolean cannotBeTold(String body, String type) {
        return body.contains("<!ENTITY")
                || type.contains("yaml") && namesCredential(YAML_VALUE.matcher(body))
                || (type.contains("csv") || type.contains("tab-separated")) && namesCredential(CELL.matcher(body));
    }

    private static boolean namesCredential(Matcher values) {
        while (values.find()) {
            if (CredentialNames.isName(values.group(1).strip())) {
                return true;
            }
        }
        return false;
    }
}
