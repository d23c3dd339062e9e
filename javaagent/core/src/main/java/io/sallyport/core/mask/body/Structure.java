package io.sallyport.core.mask.body;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a body looks like whatever its content type says: servers send JSON as text, as HTML and as bytes. */
enum Structure {
    JSON,
    XML,
    /** A page; words of hypertext alone are text. */
    HYPERTEXT,
    NONE;

    /** So many characters tell text from bytes. */
    static final int SHORTEST_TEXT = 512;

    /** A body that has not shown by then what it is has no structure. */
    static final int LONGEST_LOOK = 4096;

    private static final Set<String> HTML = Set.of(
            "html",
            "head",
            "body",
            "div",
            "span",
            "p",
            "b",
            "i",
            "a",
            "br",
            "hr",
            "pre",
            "em",
            "strong",
            "table",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "img",
            "font",
            "center",
            "script",
            "style",
            "title",
            "meta",
            "link",
            "form",
            "input",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "nav",
            "code",
            "blockquote",
            "details",
            "u",
            "s",
            "small",
            "sub",
            "sup",
            "tt");

    /**
     * Judges by the first characters: JSON by what a container must begin with, XML by its declaration, document type or root
     * element.
     *
     * @param last whether no more characters will come
     * @return {@code null} while more are needed
     */
    static @Nullable Structure of(String start, boolean last) {
        boolean whole = last || start.length() >= LONGEST_LOOK;
        int i = skipSpace(start, start.startsWith("\uFEFF") ? 1 : 0);
        if (i == start.length()) {
            return whole ? NONE : null;
        }
        Structure seen = switch (start.charAt(i)) {
            case '{' -> object(start, i);
            case '[' -> array(start, i);
            case '<' -> markup(start, i);
            default -> NONE;
        };
        return seen == null && whole ? NONE : seen;
    }

    /** Whether what begins so is text, whatever its type says: nothing that is no character, and no control but those of lines and pages. */
    static boolean isText(String start) {
        for (int i = 0; i < start.length(); i++) {
            char c = start.charAt(i);
            boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7F || c == 0xFFFD;
            if (control) {
                return false;
            }
        }
        return !start.isEmpty() && !start.startsWith("%PDF-");
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && " \t\r\n".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static @Nullable Structure object(String text, int open) {
        int i = skipSpace(text, open + 1);
        if (i == text.length()) {
            return null;
        }
        return text.charAt(i) == '"' || text.charAt(i) == '}' ? JSON : NONE;
    }

    private static @Nullable Structure array(String text, int open) {
        int i = open;
        while (i < text.length() && text.charAt(i) == '[') {
            i = skipSpace(text, i + 1);
        }
        if (i == text.length()) {
            return null;
        }
        char c = text.charAt(i);
        if (c == '{') {
            return object(text, i);
        } else if (c == '"' || c == ']') {
            return JSON;
        }
        // A number or a word in brackets begins many a log line; a comma after it does not.
        while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || "+-.".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        i = skipSpace(text, i);
        return i == text.length() ? null : text.charAt(i) == ',' && isScalar(text, open, i) ? JSON : NONE;
    }

    private static boolean isScalar(String text, int open, int end) {
        String scalar = text.substring(open, end).replace("[", "").strip();
        return scalar.equals("true")
                || scalar.equals("false")
                || scalar.equals("null")
                || (!scalar.isEmpty() && (Character.isDigit(scalar.charAt(0)) || scalar.charAt(0) == '-'));
    }

    private static @Nullable Structure markup(String text, int open) {
        if (text.startsWith("<!--", open)) {
            int close = text.indexOf("-->", open + 4);
            int next = close < 0 ? text.length() : skipSpace(text, close + 3);
            return next == text.length() ? null : text.charAt(next) == '<' ? markup(text, next) : NONE;
        }
        int from = text.regionMatches(true, open, "<!DOCTYPE", 0, 9) ? skipSpace(text, open + 9) : open + 1;
        int end = from;
        while (end < text.length() && " \t\r\n/>[".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == text.length()) {
            return null;
        }
        String name = text.substring(from, end);
        if (name.equals("?xml")) {
            return XML;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("html") || lower.equals("head") || lower.equals("body")) {
            return HYPERTEXT;
        }
        boolean element = !name.isEmpty() && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_');
        return element && !HTML.contains(lower) ? XML : NONE;
    }
}
