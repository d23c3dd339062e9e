package io.sallyport.core.policy.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values. A value of the wrong type is reported and reads as {@code null} or as the value for absent. */
final class Scalars {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final int LONGEST_TEXT = 2_000;

    private Scalars() {}

    static @Nullable String text(Yaml value, String path, Problems problems) {
        if (!(value instanceof Yaml.Scalar scalar)) {
            problems.add(value.line(), path, "expected text; found " + value.typeName());
            return null;
        }
        if (scalar.type() != Yaml.Type.TEXT) {
            String hint = scalar.type() == Yaml.Type.NULL ? "" : "; put it in quotes if it is meant as text";
            problems.add(value.line(), path, "expected text; found " + scalar.typeName() + hint);
            return null;
        }
        if (scalar.text().isBlank() || scalar.text().length() > LONGEST_TEXT) {
            problems.add(
                    value.line(),
                    path,
                    scalar.text().isBlank() ? "the text is empty" : "the text is longer than " + LONGEST_TEXT);
            return null;
        }
        return scalar.text();
    }

    static List<String> texts(Yaml value, String path, Problems problems) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Yaml.Sequence sequence) {
            if (sequence.items().isEmpty()) {
                problems.add(value.line(), path, "the list is empty and would match nothing");
            }
            for (int i = 0; i < sequence.items().size(); i++) {
                String text = text(sequence.items().get(i), path + "[" + i + "]", problems);
                if (text != null) {
                    texts.add(text);
                }
            }
            return texts;
        }
        String text = text(value, path, problems);
        if (text != null) {
            texts.add(text);
        }
        return texts;
    }

    static @Nullable Boolean bool(Yaml value, String path, Problems problems) {
        if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.BOOLEAN) {
            if (scalar.text().equals("true")) {
                return Boolean.TRUE;
            }
            if (scalar.text().equals("false")) {
                return Boolean.FALSE;
            }
        }
        problems.add(value.line(), path, "expected true or false; found " + value.typeName());
        return null;
    }

    static int number(Yaml value, int least, int most, int absent, String path, Problems problems) {
        if (value instanceof Yaml.Scalar scalar
                && scalar.type() == Yaml.Type.NUMBER
                && scalar.text().matches("-?[0-9]{1,9}")) {
            int n = Integer.parseInt(scalar.text());
            if (n >= least && n <= most) {
                return n;
            }
            problems.add(value.line(), path, "must be between " + least + " and " + most);
            return absent;
        }
        problems.add(value.line(), path, "expected a whole number; found " + value.typeName());
        return absent;
    }

    static @Nullable Duration duration(Yaml value, String path, Problems problems) {
        Matcher m = value instanceof Yaml.Scalar scalar ? DURATION.matcher(scalar.text()) : null;
        if (m == null || !m.matches()) {
            problems.add(value.line(), path, "expected a duration such as 500ms, 30s, 10m, 2h or 90d");
            return null;
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    /** The shortest way to write a duration. */
    static String show(Duration d) {
        long ms = d.toMillis();
        if (ms % 86_400_000 == 0 && ms > 0) {
            return ms / 86_400_000 + "d";
        }
        if (ms % 3_600_000 == 0 && ms > 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0 && ms > 0) {
            return ms / 60_000 + "m";
        }
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
