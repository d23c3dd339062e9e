package io.sallyport.it.lineage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions with holes, from a file: {@code type | text}. A hole is {@code {text}} (any expression of that type), {@code {text#a}}
 * (the same expression wherever {@code #a} stands), {@code {clear int}} (one that holds nothing sensitive), {@code {sub text}} (a
 * scalar sub-select), {@code {rows text}} (a sub-select of one column), {@code {exists}}, {@code {row}} (a whole row) and
 * {@code {window}}. {@code ~} in front: tells nothing of a column that stands there as it is.
 */
final class Templates {

    /** @param silent the {@code ~} */
    record Template(String text, boolean silent) {}

    private final Map<Type, List<Template>> byType = new EnumMap<>(Type.class);

    static Templates read(String dialect, String file) {
        Templates templates = new Templates();
        for (String line : lines(dialect, file)) {
            int bar = line.indexOf('|');
            String text = line.substring(bar + 1).strip();
            boolean silent = text.startsWith("~");
            templates
                    .byType
                    .computeIfAbsent(Type.of(line.substring(0, bar).strip()), t -> new ArrayList<>())
                    .add(new Template(silent ? text.substring(1).strip() : text, silent));
        }
        return templates;
    }

    List<Template> of(Type type) {
        return byType.getOrDefault(type, List.of());
    }

    static List<String> lines(String dialect, String file) {
        String path = "/lineage/" + dialect + "/" + file + ".txt";
        try (InputStream in = Templates.class.getResourceAsStream(path);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
