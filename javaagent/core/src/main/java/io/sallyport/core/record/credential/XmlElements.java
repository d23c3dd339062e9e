package io.sallyport.core.record.credential;

import io.sallyport.core.record.credential.NamedBeside.Group;
import java.util.ArrayDeque;
import java.util.Deque;

/** The elements of XML or HTML, wherever they stand in a text and wherever that is cut. Used once. */
final class XmlElements {

    /** More are not followed: what is deeper counts as one. */
    private static final int DEEPEST = 64;

    private static final class Level {
        final String name;
        final Group group = new Group();
        final StringBuilder read = new StringBuilder();
        int from = -1;
        int to;
        boolean leaf = true;

        Level(String name) {
            this.name = name;
        }
    }

    private final String text;
    private final Spans hidden;
    private final Deque<Level> open = new ArrayDeque<>();
    private int at;

    XmlElements(String text, Spans hidden) {
        this.text = text;
        this.hidden = hidden;
        open.push(new Level(""));
    }

    void read() {
        while (at < text.length()) {
            int tag = text.indexOf('<', at);
            if (tag < 0) {
                tag = text.length();
            }
            content(at, tag, XmlReferences.read(text.substring(at, tag)));
            at = tag;
            if (tag < text.length()) {
                tag();
            }
        }
        while (open.size() > 1) {
            Level level = open.pop();
            if (level.leaf) {
                closeLeaf(level);
            } else {
                level.group.cut(hidden);
                hand(level);
            }
        }
    }

    /** @param read what the receiver reads there; of a leaf, comments are no end */
    private void content(int from, int to, String read) {
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        if (start == end) {
            return;
        }
        Level level = open.getFirst();
        if (level.leaf) {
            level.from = level.from < 0 ? start : level.from;
            level.to = end;
            level.read.append(read);
        } else {
            level.group.add("", "", start, end);
        }
    }

    private void tag() {
        if (text.startsWith("<![CDATA[", at)) {
            int start = at + 9;
            int end = text.indexOf("]]>", start);
            int to = end < 0 ? text.length() : end;
            content(start, to, text.substring(start, to));
            at = end < 0 ? text.length() : end + 3;
        } else if (text.startsWith("<!--", at)) {
            int end = text.indexOf("-->", at);
            at = end < 0 ? text.length() : end + 3;
        } else {
            int end = tagEnd(at);
            char first = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (first == '/') {
                close(nameFrom(at + 2, end));
            } else if (Character.isLetter(first) || first == '_') {
                begin(end);
            }
            at = Math.min(text.length(), end + 1);
        }
    }

    /** Of a {@code >} in quotes none ends. */
    private int tagEnd(int from) {
        char quote = 0;
        char before = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '>') {
                return i;
            } else if ((c == '"' || c == '\'') && before == '=') {
                quote = c;
            }
            before = c > ' ' ? c : before;
        }
        return text.length();
    }

    private String nameFrom(int from, int end) {
        int to = from;
        while (to < end && text.charAt(to) > ' ' && text.charAt(to) != '/') {
            to++;
        }
        return text.substring(from, to);
    }

    private void begin(int end) {
        Level around = open.getFirst();
        if (around.leaf) {
            around.leaf = false;
            if (around.from >= 0) {
                around.group.add("", "", around.from, around.to);
            }
        }
        Level level = new Level(nameFrom(at + 1, end));
        Group attributes = new Group();
        attributes(attributes, end);
        if (end < text.length()) {
            attributes.end(hidden);
        } else {
            attributes.cut(hidden);
        }
        if (attributes.isNamed()) {
            // What the element holds may be that as well.
            level.group.name();
        }
        if (open.size() < DEEPEST && text.charAt(end - 1) != '/') {
            open.push(level);
        }
    }

    private void attributes(Group group, int end) {
        int equals = equalsSign(at, end);
        while (equals + 1 < end) {
            int start = equals + 1;
            while (start + 1 < end && text.charAt(start) <= ' ') {
                start++;
            }
            char quote = text.charAt(start);
            boolean quoted = quote == '"' || quote == '\'';
            start += quoted ? 1 : 0;
            int stop = start;
            while (stop < end && (quoted ? text.charAt(stop) != quote : text.charAt(stop) > ' ')) {
                stop++;
            }
            int nameEnd = equals;
            while (nameEnd > at && text.charAt(nameEnd - 1) <= ' ') {
                nameEnd--;
            }
            int name = nameEnd;
            while (name > at && text.charAt(name - 1) > ' ') {
                name--;
            }
            String value = XmlReferences.read(text.substring(start, stop));
            group.add(localName(text.substring(name, nameEnd)), value, start, stop);
            equals = equalsSign(stop, end);
        }
    }

    private int equalsSign(int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) != '=') {
            i++;
        }
        return i;
    }

    private void close(String name) {
        boolean known = open.stream().anyMatch(level -> level.name.equals(name));
        while (known && open.size() > 1) {
            Level level = open.pop();
            if (level.leaf) {
                closeLeaf(level);
            } else {
                level.group.end(hidden);
                hand(level);
            }
            known = !level.name.equals(name);
        }
    }

    /** Its text is a value of the element around it, or the name of one. */
    private void closeLeaf(Level level) {
        if (level.from >= 0) {
            level.group.add("", "", level.from, level.to);
            level.group.end(hidden);
            around().add(localName(level.name), level.read.toString().strip(), level.from, level.to);
        }
    }

    private Group around() {
        return open.getFirst().group;
    }

    private void hand(Level inner) {
        around().add(localName(inner.name), inner.group);
    }

    private static String localName(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
