package io.sallyport.core.command;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thing that some servers do to a path before they look for what it names. Case is no step: patterns are compared without it. */
interface PathStep {

    /** Gives every path that the step may turn {@code path} into; the same path where it has nothing to do. */
    void take(String path, Consumer<String> readings);

    List<PathStep> ALL = List.of(
            (path, readings) -> {
                if (path.indexOf('%') >= 0) {
                    PathDecoding.all(path, readings);
                }
            },
            // IIS: %u0064 for any character.
            where(
                    "%u",
                    path -> Patterns.UNICODE_ESCAPE
                            .matcher(path)
                            .replaceAll(m ->
                                    Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))))),
            // Decoders for forms that are used for paths.
            where("+", path -> path.replace('+', ' ')),
            // Matrix parameters (RFC 3986 section 3.3), segment by segment, or a session identifier behind everything.
            where(";", path -> Patterns.PARAMETERS.matcher(path).replaceAll("")),
            where(";", path -> path.substring(0, path.indexOf(';'))),
            // NTFS: a stream of a file is the file (/a::$DATA, /a:$i30:$INDEX_ALLOCATION).
            where(":$", path -> Patterns.STREAM.matcher(path).replaceAll("")),
            where("\\", path -> path.replace('\\', '/')),
            where("//", path -> Patterns.SLASHES.matcher(path).replaceAll("/")),
            where("/.", PathStep::withoutDotSegments),
            // A string of C ends at NUL; a path that is decoded before it is split ends where a query or fragment
            // begins.
            where("\0", path -> path.substring(0, path.indexOf('\0'))),
            where("?", path -> path.substring(0, path.indexOf('?'))),
            where("#", path -> path.substring(0, path.indexOf('#'))),
            alone(path -> Patterns.INVISIBLE.matcher(path).replaceAll("")),
            alone(path -> Patterns.AROUND_SEGMENTS.matcher(path).replaceAll("")),
            // Windows cuts what stands behind a segment, but where it is nothing else.
            alone(path -> Patterns.BEHIND_SEGMENTS.matcher(path).replaceAll("$1")),
            alone(path -> Normalizer.isNormalized(path, Normalizer.Form.NFKC)
                    ? path
                    : Normalizer.normalize(path, Normalizer.Form.NFKC)),
            alone(path -> path.replace('\u2044', '/').replace('\u2215', '/')));

    private static PathStep alone(UnaryOperator<String> step) {
        return (path, readings) -> readings.accept(step.apply(path));
    }

    private static PathStep where(String contained, UnaryOperator<String> step) {
        return (path, readings) -> {
            if (path.contains(contained)) {
                readings.accept(step.apply(path));
            }
        };
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDotSegments(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            String segment = segments[i];
            boolean last = i == segments.length - 1;
            if (segment.equals("..") && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            }
            if (!segment.equals(".") && !segment.equals("..")) {
                kept.add(segment);
            } else if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Compiled once; each looks at a character once, however long the path is. */
    final class Patterns {
        static final Pattern UNICODE_ESCAPE = Pattern.compile("%u([0-9a-fA-F]{4})");
        static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
        static final Pattern STREAM = Pattern.compile(":[^:/]*+:\\$[^:/]*+(?=/|$)");
        static final Pattern SLASHES = Pattern.compile("//+");
        static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]+");
        static final Pattern AROUND_SEGMENTS =
                Pattern.compile("(?<=/)[\\s\\p{Z}]++|(?<![\\s\\p{Z}])[\\s\\p{Z}]++(?=/|$)");
        static final Pattern BEHIND_SEGMENTS = Pattern.compile("([^/. ])[. ]++(?=/|$)");

        private Patterns() {}
    }
}
