package io.sallyport.core.record.credential;

import io.sallyport.core.record.credential.NamedBeside.Group;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The objects of JSON, wherever they stand in a text and wherever that is cut. Used once. */
final class JsonObjects {

    /** What is deeper belongs to what is so deep. */
    private static final int DEEPEST = 64;

    private static final class Level {
        final Group group;
        final boolean object;
        /** Of the member that is being read. */
        String name;

        Level(boolean object, Group group, String name) {
            this.object = object;
            this.group = group;
            this.name = name;
        }
    }

    private final String text;
    private final Spans hidden;
    private final int within;
    private final Deque<Level> open = new ArrayDeque<>();
    private int deeper;
    private int at;

    /** @param within how many texts of JSON it stands in */
    JsonObjects(String text, Spans hidden, int within) {
        this.within = within;
        this.text = text;
        this.hidden = hidden;
    }

    void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '{' -> open(true);
                case '[' -> open(false);
                case '}', ']' -> close(c == '}');
                case '"' -> string();
                default -> other(c);
            }
        }
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.object) {
                level.group.cut(hidden);
                hand(level);
            }
        }
    }

    /** The elements of an array belong to the member that it is the value of. */
    private void open(boolean object) {
        Level around = open.peek();
        if (open.size() == DEEPEST) {
            deeper++;
        } else if (object || around != null) {
            open.push(new Level(
                    object, object || around == null ? new Group() : around.group, around == null ? "" : around.name));
        }
        at++;
    }

    private void close(boolean object) {
        at++;
        Level level = open.peek();
        if (deeper > 0) {
            deeper--;
        } else if (level != null && level.object == object) {
            open.pop();
            if (object) {
                level.group.end(hidden);
                hand(level);
            }
        }
    }

    private void hand(Level inner) {
        Level around = open.peek();
        if (around != null) {
            around.group.add(around.name, inner.group);
        }
    }

    /** To the quote that is not escaped; a line ends it as well, since a text in quotes has none. */
    private void string() {
        int start = at + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, text.length());
        at = Math.min(end + 1, text.length());
        Level level = open.peek();
        String written = text.substring(start, end);
        String read = JsonEscapes.read(written);
        if (!read.equals(written) && NamedBeside.isIn(read, within + 1)) {
            hidden.hide(List.of(new Spans.Span(start, end)));
        }
        if (level == null) {
            return;
        }
        int next = at;
        while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (level.object && next < text.length() && text.charAt(next) == ':') {
            level.name = read;
            at = next + 1;
        } else {
            level.group.add(level.name, read, start, end);
        }
    }

    private void other(char c) {
        int start = at++;
        if (Character.isDigit(c) || c == '-') {
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            Level level = open.peek();
            if (level != null) {
                level.group.add(level.name, "", start, at);
            }
        }
    }
}
