package io.sallyport.core.mask.body;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath or XPath as a small automaton: state {@code n} (a bit of a long) says that the first {@code n} segments have matched.
 * A node's states follow from its parent's by one step, so that paths of any kind are followed in one pass. Immutable.
 */
final class NodePath {
    private static final int MOST_SEGMENTS = 62;

    /** @param name {@code null} matches every name; attributes start with {@code @} */
    private record Segment(boolean descendant, @Nullable String name, int index) {}

    private final boolean xml;
    private final Segment[] segments;

    private NodePath(boolean xml, List<Segment> segments, String text) {
        if (segments.size() > MOST_SEGMENTS) {
            throw new IllegalArgumentException("more than " + MOST_SEGMENTS + " steps in path " + text);
        }
        this.xml = xml;
        this.segments = segments.toArray(new Segment[0]);
    }

    /** @throws IllegalArgumentException with the reason, if the path is none or uses what is not supported */
    static NodePath parse(String path) {
        if (path.startsWith("$")) {
            return new NodePath(false, json(path), path);
        } else if (path.startsWith("/")) {
            return new NodePath(true, xml(path), path);
        }
        throw new IllegalArgumentException("path '" + path + "' starts neither with $ (JSONPath) nor with / (XPath)");
    }

    boolean isXml() {
        return xml;
    }

    /** What the nodes are called that the path ends at, or that hold them; {@code null} where it does not say. */
    @Nullable
    String lastName() {
        for (int i = segments.length - 1; i >= 0; i--) {
            String name = segments[i].name;
            if (name != null) {
                return name.equals("@*") ? null : xml && name.startsWith("@") ? name.substring(1) : name;
            }
        }
        return null;
    }

    /** States of the root (JSON) or of the document (XML). */
    long start() {
        return 1;
    }

    boolean accepts(long states) {
        return (states >>> segments.length & 1) != 0;
    }

    /** States of a child with a name (JSON member, XML element, XML attribute with {@code @}). */
    long child(long states, String name) {
        return step(states, name, -1);
    }

    /** States of an array's element. */
    long element(long states, int index) {
        return step(states, null, index);
    }

    private long step(long states, @Nullable String name, int index) {
        long next = 0;
        for (long rest = states; rest != 0; rest &= rest - 1) {
            int at = Long.numberOfTrailingZeros(rest);
            if (at == segments.length) {
                break;
            }
            Segment segment = segments[at];
            if (segment.descendant) {
                next |= 1L << at;
            }
            if (matches(segment, name, index)) {
                next |= 1L << (at + 1);
            }
        }
        return next;
    }

    private boolean matches(Segment segment, @Nullable String name, int index) {
        if (segment.index >= 0) {
            return segment.index == index;
        } else if (segment.name == null) {
            return !xml || name == null || !name.startsWith("@");
        }
        return name != null && (segment.name.equals(name) || (segment.name.equals("@*") && name.startsWith("@")));
    }

    private static List<Segment> json(String path) {
        List<Segment> segments = new ArrayList<>();
        int i = 1;
        while (i < path.length()) {
            boolean descendant = path.startsWith("..", i);
            if (descendant) {
                i += 2;
            } else if (path.charAt(i) == '.') {
                i++;
            } else if (path.charAt(i) != '[') {
                throw unsupported(path, i);
            }
            if (i < path.length() && path.charAt(i) == '[') {
                int close = closingBracket(path, i);
                segments.add(bracket(path, i, close, descendant));
                i = close + 1;
            } else {
                int end = i;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                String name = path.substring(i, end);
                if (name.isEmpty() || (name.indexOf('*') >= 0 && !name.equals("*")) || name.indexOf('(') >= 0) {
                    throw unsupported(path, i);
                }
                segments.add(new Segment(descendant, name.equals("*") ? null : name, -1));
                i = end;
            }
        }
        return segments;
    }

    private static int closingBracket(String path, int open) {
        char quote = open + 1 < path.length() ? path.charAt(open + 1) : ' ';
        int from = open + 1;
        if (quote == '\'' || quote == '"') {
            from = open + 2;
            while (from < path.length() && path.charAt(from) != quote) {
                from += path.charAt(from) == '\\' ? 2 : 1;
            }
        }
        int close = from < path.length() ? path.indexOf(']', from) : -1;
        if (close < 0) {
            throw unsupported(path, open);
        }
        return close;
    }

    private static Segment bracket(String path, int open, int close, boolean descendant) {
        String inner = path.substring(open + 1, close).strip();
        if (inner.equals("*")) {
            return new Segment(descendant, null, -1);
        }
        char first = inner.isEmpty() ? ' ' : inner.charAt(0);
        if (first == '\'' || first == '"') {
            if (inner.length() < 2 || inner.charAt(inner.length() - 1) != first) {
                throw unsupported(path, open);
            }
            String body = inner.substring(1, inner.length() - 1);
            if (body.replace("\\" + first, "").indexOf(first) >= 0) {
                throw unsupported(path, open);
            }
            return new Segment(
                    descendant, body.replace("\\" + first, "" + first).replace("\\\\", "\\"), -1);
        }
        try {
            int index = Integer.parseInt(inner);
            if (index >= 0) {
                return new Segment(descendant, null, index);
            }
        } catch (NumberFormatException notAnIndex) {
            // Falls through: slices, filters and unions are not supported.
        }
        throw unsupported(path, open);
    }

    private static List<Segment> xml(String path) {
        List<Segment> segments = new ArrayList<>();
        int i = 0;
        while (i < path.length()) {
            boolean descendant = path.startsWith("//", i);
            i += descendant ? 2 : 1;
            int end = path.indexOf('/', i);
            if (end < 0) {
                end = path.length();
            }
            String name = path.substring(i, end);
            boolean attribute = name.startsWith("@");
            String bare = attribute ? name.substring(1) : name;
            bare = bare.substring(bare.indexOf(':') + 1);
            boolean odd = bare.isEmpty()
                    || (attribute && end < path.length())
                    || bare.chars().anyMatch(c -> "[]()@|=. ".indexOf(c) >= 0 && c != '.');
            if (odd || bare.equals(".") || bare.equals("..") || (bare.indexOf('*') >= 0 && bare.length() > 1)) {
                throw unsupported(path, i);
            }
            segments.add(new Segment(descendant, attribute ? "@" + bare : bare.equals("*") ? null : bare, -1));
            i = end;
        }
        return segments;
    }

    private static IllegalArgumentException unsupported(String path, int at) {
        return new IllegalArgumentException("path '" + path + "' is not understood at character " + (at + 1)
                + "; supported are $.a ['a'] [n] [*] .* ..a and /a/b //b /* /a/@c");
    }
}
