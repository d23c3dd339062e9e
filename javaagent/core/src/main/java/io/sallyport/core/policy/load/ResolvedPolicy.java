package io.sallyport.core.policy.load;

import io.sallyport.core.policy.rule.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a valid policy out again with everything that it leaves unsaid: what is in force is what is printed. The text is a policy
 * of the same meaning.
 */
public final class ResolvedPolicy {

    private ResolvedPolicy() {}

    /** @param policy what {@code yaml} was found to say */
    public static String text(String yaml, Policy policy) {
        StringBuilder out = new StringBuilder();
        for (String note : PolicyNotes.of(policy)) {
            out.append("# note: ").append(note).append('\n');
        }
        Yaml document = YamlParser.parse(yaml, new Problems("policy"));
        if (!(document instanceof Yaml.Mapping root)) {
            throw new IllegalArgumentException("not the text of a valid policy");
        }
        resolve(root).forEach((key, value) -> top(key, value, out));
        return out.toString();
    }

    private static Map<String, Yaml> resolve(Yaml.Mapping root) {
        Map<String, Yaml> top = new LinkedHashMap<>();
        String mode = text(root, "mode", "enforce");
        for (String key : Shape.POLICY.keys()) {
            Yaml value = find(root, key);
            switch (key) {
                case "mode" -> top.put(key, word(mode));
                case "default" ->
                    top.put(
                            key,
                            fill(value, "jdbc", "allow", "http", "allow", "unmatched", "allow", "opaque", "approve"));
                case "record" ->
                    top.put(
                            key,
                            fill(
                                    value,
                                    "level",
                                    "statements",
                                    "retain",
                                    "90d",
                                    "onFull",
                                    "refuse",
                                    "durability",
                                    "crash"));
                case "tls" -> put(top, key, each(value, t -> fill(t, "minVersion", "TLSv1.2")));
                case "mask" ->
                    put(top, key, each(value, m -> fill(m, "with", "redact", "onWrite", "refuse", "mode", mode)));
                case "guard" -> put(top, key, each(value, g -> guard(g, mode)));
                default -> put(top, key, value);
            }
        }
        return top;
    }

    private static Yaml guard(Yaml guard, String mode) {
        Yaml.Mapping filled = fill(guard, "mode", mode);
        if (!text(filled, "then", "").equals("approve")) {
            return filled;
        }
        Yaml approval = fill(
                find(filled, "approval"),
                "required",
                "1",
                "reason",
                "optional",
                "requesterReason",
                "optional",
                "wait",
                "30s",
                "timeout",
                "10m",
                "at",
                "execute");
        Map<String, Yaml> entries = entries(filled);
        entries.put("approval", approval);
        return mapping(entries);
    }

    private static void put(Map<String, Yaml> top, String key, @Nullable Yaml value) {
        if (value != null) {
            top.put(key, value);
        }
    }

    private static @Nullable Yaml each(@Nullable Yaml list, UnaryOperator<Yaml> change) {
        if (!(list instanceof Yaml.Sequence sequence)) {
            return list;
        }
        return new Yaml.Sequence(sequence.items().stream().map(change).toList(), 0);
    }

    /** The mapping with further keys where they are absent. */
    private static Yaml.Mapping fill(@Nullable Yaml value, String... keysAndWords) {
        Map<String, Yaml> entries = entries(value);
        for (int i = 0; i < keysAndWords.length; i += 2) {
            entries.putIfAbsent(keysAndWords[i], word(keysAndWords[i + 1]));
        }
        return mapping(entries);
    }

    private static Map<String, Yaml> entries(@Nullable Yaml value) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        if (value instanceof Yaml.Mapping m) {
            m.entries().forEach(e -> entries.put(e.key(), e.value()));
        }
        return entries;
    }

    private static Yaml.Mapping mapping(Map<String, Yaml> entries) {
        List<Yaml.Entry> list = new ArrayList<>();
        entries.forEach((k, v) -> list.add(new Yaml.Entry(k, 0, v)));
        return new Yaml.Mapping(list, 0);
    }

    private static Yaml word(String text) {
        return new Yaml.Scalar(
                text, Character.isDigit(text.charAt(0)) && text.length() == 1 ? Yaml.Type.NUMBER : Yaml.Type.TEXT, 0);
    }

    private static @Nullable Yaml find(Yaml.Mapping mapping, String key) {
        return entries(mapping).get(key);
    }

    private static String text(Yaml.Mapping mapping, String key, String absent) {
        return find(mapping, key) instanceof Yaml.Scalar s ? s.text() : absent;
    }

    private static void top(String key, Yaml value, StringBuilder out) {
        out.append(key).append(':');
        if (value instanceof Yaml.Sequence list && !list.items().isEmpty()) {
            for (Yaml item : list.items()) {
                out.append("\n  - ");
                FlowYaml.write(item, out);
            }
            out.append('\n');
        } else {
            out.append(' ');
            FlowYaml.write(value, out);
            out.append('\n');
        }
    }
}
