package io.sallyport.core.policy.load;

import io.sallyport.core.policy.rule.condition.StatusCondition;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code status} key: a code, a class of codes ({@code 5xx}), a range ({@code 400-499}), or a list of them. */
final class StatusReader {
    private static final Pattern CODE = Pattern.compile("[1-5][0-9]{2}");
    private static final Pattern CLASS = Pattern.compile("([1-5])xx");
    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})-([1-5][0-9]{2})");

    private StatusReader() {}

    static @Nullable StatusCondition read(Section when) {
        if (when.find("status") instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.NUMBER) {
            try {
                return new StatusCondition(List.of(range(scalar.text())));
            } catch (IllegalArgumentException wrong) {
                when.error("status", String.valueOf(wrong.getMessage()));
                return null;
            }
        }
        List<StatusCondition.Range> ranges = when.read("status", StatusReader::range);
        return ranges.isEmpty() ? null : new StatusCondition(ranges);
    }

    private static StatusCondition.Range range(String text) {
        if (CODE.matcher(text).matches()) {
            return new StatusCondition.Range(Integer.parseInt(text), Integer.parseInt(text));
        }
        Matcher whole = CLASS.matcher(text);
        if (whole.matches()) {
            int hundreds = Integer.parseInt(whole.group(1)) * 100;
            return new StatusCondition.Range(hundreds, hundreds + 99);
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            if (from <= to) {
                return new StatusCondition.Range(from, to);
            }
        }
        throw new IllegalArgumentException("a status is written \"404\", \"5xx\" or \"400-499\"");
    }
}
