package io.sallyport.core.record.credential;

import io.sallyport.core.record.credential.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Credentials whose names stand beside them, before or behind, as values of their own: <code>{"value": "…", "name": "password"}</code>, {@code
 * <member><name>password</name><value>…</value></member>}, {@code <property value="…" name="password"/>}. Everything beside such a name is left out, since
 * nothing tells which of it is meant. A text that is cut before the name comes keeps nothing that is called a value.
 */
public final class NamedBeside {

    private static final Set<String> NAMING = Set.of(
            "name",
            "key",
            "id",
            "field",
            "label",
            "title",
            "header",
            "param",
            "parameter",
            "property",
            "attribute",
            "variable",
            "setting");

    private static final Set<String> VALUES =
            Set.of("value", "val", "v", "values", "content", "data", "text", "default", "current", "new", "old");

    /** Whose values say how something is called in a protocol or for its looks, and not what stands beside it. */
    private static final Set<String> OF_KINDS =
            Set.of("class", "grant_type", "response_type", "token_type", "token_type_hint");

    private static final int DEEPEST = 8;

    private NamedBeside() {}

    /** The text with {@code …} in place of each. Takes time in proportion to the length. */
    public static String without(String text) {
        return mayBeDocument(text) ? hidden(text, 0).without(text) : text;
    }

    /** Whether there is one. Of a text that can be no document, or that holds no name, allocates nothing. */
    public static boolean isIn(String text) {
        return mayBeDocument(text)
                && (text.indexOf('\\') >= 0
                        || text.indexOf('&') >= 0
                        || text.indexOf("<!") >= 0
                        || CredentialNames.mayName(text, 0, text.length()))
                && !hidden(text, 0).isEmpty();
    }

    private static boolean mayBeDocument(String text) {
        return text.indexOf('{') >= 0 || text.indexOf('<') >= 0;
    }

    /** @param within how many texts of JSON it stands in; of what stands in more it is not asked */
    static boolean isIn(String text, int within) {
        int quote = text.indexOf('"');
        boolean escapedTwice = quote > 0 && text.charAt(quote - 1) == '\\';
        return within > DEEPEST
                || !hidden(text, within).isEmpty()
                || escapedTwice && isIn(JsonEscapes.read(text), within + 1);
    }

    private static Spans hidden(String text, int within) {
        Spans hidden = new Spans();
        if (text.indexOf('{') >= 0 && text.indexOf(':') >= 0) {
            new JsonObjects(text, hidden, within).read();
        }
        if (text.indexOf('<') >= 0 && text.indexOf('>') >= 0) {
            new XmlElements(text, hidden).read();
        }
        return hidden;
    }

    /** Whether the value of a member, element or attribute of that name is the name of a credential. Of several words a sentence may be made. */
    private static boolean names(String name, String value) {
        return CredentialNames.isName(value)
                && (value.indexOf(' ') < 0 || NAMING.contains(name))
                && !OF_KINDS.contains(name)
                // What a mask's hash has replaced, and what is a credential itself, names nothing.
                && !value.startsWith("hmac:")
                && !CredentialNames.mayName(name);
    }

    /** An object or element whose end has not been read. */
    static final class Group {

        private final List<Span> values = new ArrayList<>();
        private final List<Span> called = new ArrayList<>();
        private boolean named;

        /**
         * @param name of the member, element or attribute
         * @param value as it is written
         */
        void add(String name, String value, int from, int to) {
            String low = name.toLowerCase(Locale.ROOT);
            if (names(low, value)) {
                named = true;
                return;
            }
            Span span = new Span(from, to);
            values.add(span);
            if (VALUES.contains(low)) {
                called.add(span);
            }
        }

        /** What is in a member of it belongs to it. */
        void add(String name, Group inner) {
            values.addAll(inner.values);
            if (VALUES.contains(name.toLowerCase(Locale.ROOT))) {
                called.addAll(inner.values);
            }
        }

        void name() {
            named = true;
        }

        boolean isNamed() {
            return named;
        }

        void end(Spans hidden) {
            if (named) {
                hidden.hide(values);
            }
        }

        /** Its end is not in the text. */
        void cut(Spans hidden) {
            hidden.hide(named ? values : called);
        }
    }
}
