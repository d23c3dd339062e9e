package io.sallyport.core.record.credential;

import io.sallyport.core.record.credential.NamedBeside.Group;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A form ({@code application/x-www-form-urlencoded}) without its credentials: its names and values are read as its receiver decodes them. */
public final class FormCredentials {

    private static final int DEEPEST = 3;

    private FormCredentials() {}

    /** @param cut whether the form goes on behind the text */
    public static String without(String form, boolean cut) {
        Spans hidden = new Spans();
        Group pairs = new Group();
        for (int start = 0; start < form.length(); ) {
            int next = form.indexOf('&', start);
            int end = next < 0 ? form.length() : next;
            int equals = form.indexOf('=', start);
            if (equals >= 0 && equals < end) {
                pair(form, start, equals, end, pairs, hidden);
            }
            start = end + 1;
        }
        if (cut) {
            pairs.cut(hidden);
        } else {
            pairs.end(hidden);
        }
        return hidden.without(form);
    }

    private static void pair(String form, int start, int equals, int end, Group pairs, Spans hidden) {
        String name = decoded(form.substring(start, equals));
        String value = form.substring(equals + 1, end);
        if (namesCredential(name) || isCredential(value)) {
            hidden.hide(List.of(new Spans.Span(equals + 1, end)));
        }
        int last = 0;
        for (int i = 0; i + 1 < name.length(); i++) {
            last = isBetween(name.charAt(i)) && !isBetween(name.charAt(i + 1)) ? i + 1 : last;
        }
        int nameEnd = last;
        while (nameEnd < name.length() && !isBetween(name.charAt(nameEnd))) {
            nameEnd++;
        }
        pairs.add(name.substring(last, nameEnd), decoded(value), equals + 1, end);
    }

    /** Of {@code user[password][]} and {@code password[current]} each part tells. */
    private static boolean namesCredential(String name) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || isBetween(name.charAt(i))) {
                if (CredentialNames.mayName(name, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isBetween(char c) {
        return c == '[' || c == ']' || c == '.';
    }

    /** A value may be a document or a form itself. */
    private static boolean isCredential(String value) {
        String held = value;
        for (int i = 0; i < DEEPEST; i++) {
            String decoded = decoded(held);
            if (CredentialText.isIn(decoded) || NamedBeside.isIn(decoded)) {
                return true;
            }
            if (decoded.equals(held)) {
                return false;
            }
            held = decoded;
        }
        return false;
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
