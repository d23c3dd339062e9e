package io.sallyport.core.policy.load;

import java.util.regex.Pattern;

/** Writes a value in YAML's flow style, on one line. */
final class FlowYaml {

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9_]*(?:[-./][A-Za-z0-9_]+)*|[0-9]+(?:ms|s|m|h|d)");
    /** Plain words that YAML 1.1 does not read as text. */
    private static final Pattern TAKEN = Pattern.compile("(?i)yes|no|on|off|true|false|null|y|n");

    private FlowYaml() {}

    static void write(Yaml value, StringBuilder out) {
        if (value instanceof Yaml.Scalar scalar) {
            scalar(scalar, out);
        } else if (value instanceof Yaml.Sequence sequence) {
            out.append('[');
            String separator = "";
            for (Yaml item : sequence.items()) {
                out.append(separator);
                write(item, out);
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof Yaml.Mapping mapping) {
            out.append('{');
            String separator = "";
            for (Yaml.Entry entry : mapping.entries()) {
                out.append(separator);
                text(entry.key(), out);
                out.append(": ");
                write(entry.value(), out);
                separator = ", ";
            }
            out.append('}');
        }
    }

    private static void scalar(Yaml.Scalar scalar, StringBuilder out) {
        switch (scalar.type()) {
            case TEXT -> text(scalar.text(), out);
            case NULL -> out.append("null");
            default -> out.append(scalar.text());
        }
    }

    private static void text(String text, StringBuilder out) {
        if (PLAIN.matcher(text).matches() && !TAKEN.matcher(text).matches()) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
