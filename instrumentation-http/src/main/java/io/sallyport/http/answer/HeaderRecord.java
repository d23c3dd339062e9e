package io.sallyport.http.answer;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.record.credential.CredentialNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the full record says of header fields: the values of those that tell how a message is to be read, the names of all others of the
 * request, and nothing at all of those that carry credentials.
 */
final class HeaderRecord {

    private static final Set<String> READABLE = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "content-type",
            "content-encoding",
            "content-length",
            "range",
            "user-agent",
            "traceparent",
            "x-request-id");

    private static final List<String> OF_ANSWERS = List.of(
            "content-type",
            "content-encoding",
            "content-length",
            "cache-control",
            "retry-after",
            "server",
            "x-request-id");

    private static final Set<String> NEVER = Set.of("authorization", "proxy-authorization", "cookie", "cookie2");

    private static final int LONGEST = 100;

    private HeaderRecord() {}

    /** @param answer value of a response header field by its name in lower case, or {@code null} */
    static String of(HttpCommand request, UnaryOperator<@Nullable String> answer) {
        StringBuilder text = new StringBuilder("; request");
        for (Map.Entry<String, List<String>> field : request.headers().entrySet()) {
            String name = field.getKey();
            if (!NEVER.contains(name) && !CredentialNames.mayName(name.replace('-', '_'))) {
                add(text, name, READABLE.contains(name) ? String.join(",", field.getValue()) : "?");
            }
        }
        text.append("; answer");
        for (String name : OF_ANSWERS) {
            String value = answer.apply(name);
            if (value != null) {
                add(text, name, value);
            }
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, String value) {
        text.append(' ').append(name).append("=");
        int end = Math.min(value.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            text.append(c < ' ' || c == 0x7F ? '?' : c);
        }
        text.append(end < value.length() ? "…" : "");
    }
}
