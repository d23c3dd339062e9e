package io.sallyport.core.policy.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the file, read key by key. Unknown and missing keys are reported when it is opened; a value of the wrong type is
 * reported when it is read, and reads as absent.
 */
final class Section {

    private final Yaml.Mapping mapping;
    private final Shape shape;
    private final String path;
    private final Problems problems;

    private Section(Yaml.Mapping mapping, Shape shape, String path, Problems problems) {
        this.mapping = mapping;
        this.shape = shape;
        this.path = path;
        this.problems = problems;
    }

    static @Nullable Section open(Yaml value, Shape shape, String path, Problems problems) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            problems.add(
                    value.line(),
                    path,
                    "expected a mapping with " + String.join(", ", shape.keys()) + "; found " + value.typeName());
            return null;
        }
        for (Yaml.Entry entry : mapping.entries()) {
            if (!shape.keys().contains(entry.key())) {
                problems.add(
                        entry.line(),
                        join(path, Problem.shown(entry.key())),
                        "unknown key" + Problem.suggestion(entry.key(), shape.keys()));
            }
        }
        Section section = new Section(mapping, shape, path, problems);
        for (String key : shape.required()) {
            if (section.find(key) == null) {
                problems.add(mapping.line(), path, "'" + key + "' is missing");
            }
        }
        return section;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String path() {
        return path;
    }

    String path(String key) {
        return join(path, key);
    }

    int line() {
        return mapping.line();
    }

    int line(String key) {
        for (Yaml.Entry e : mapping.entries()) {
            if (e.key().equals(key)) {
                return e.line();
            }
        }
        return mapping.line();
    }

    boolean has(String key) {
        return find(key) != null;
    }

    boolean empty() {
        return mapping.entries().isEmpty();
    }

    void error(String key, String reason) {
        problems.add(line(key), path(key), reason);
    }

    void errorHere(String reason) {
        problems.add(line(), path, reason);
    }

    @Nullable
    Yaml find(String key) {
        if (!shape.keys().contains(key)) {
            throw new IllegalStateException(shape + " does not list " + key);
        }
        for (Yaml.Entry e : mapping.entries()) {
            if (e.key().equals(key)) {
                return e.value();
            }
        }
        return null;
    }

    @Nullable
    Section section(String key, Shape itsShape) {
        Yaml value = find(key);
        return value == null ? null : open(value, itsShape, path(key), problems);
    }

    /** The mappings of a list; what is no mapping is reported and left out. */
    List<Section> sections(String key, Shape itsShape) {
        List<Section> sections = new ArrayList<>();
        Yaml value = find(key);
        if (value == null) {
            return sections;
        }
        if (!(value instanceof Yaml.Sequence sequence)) {
            problems.add(value.line(), path(key), "expected a list; found " + value.typeName());
            return sections;
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            Section section = open(sequence.items().get(i), itsShape, path(key) + "[" + i + "]", problems);
            if (section != null) {
                sections.add(section);
            }
        }
        return sections;
    }

    /** One mapping, or a list of them. */
    List<Section> oneOrMore(String key, Shape itsShape) {
        if (find(key) instanceof Yaml.Mapping) {
            Section one = section(key, itsShape);
            return one == null ? List.of() : List.of(one);
        }
        return sections(key, itsShape);
    }

    /** Free keys, each with its value. */
    List<Yaml.Entry> entries(String key) {
        Yaml value = find(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Yaml.Mapping m)) {
            problems.add(value.line(), path(key), "expected a mapping; found " + value.typeName());
            return List.of();
        }
        return m.entries();
    }

    @Nullable
    String text(String key) {
        Yaml value = find(key);
        return value == null ? null : Scalars.text(value, path(key), problems);
    }

    /** One text or a list of texts; empty lists are reported, since they match nothing. */
    List<String> texts(String key) {
        Yaml value = find(key);
        return value == null ? List.of() : Scalars.texts(value, path(key), problems);
    }

    /** One text or a list of texts, each read by {@code reader}, whose {@link IllegalArgumentException} says what is wrong. */
    <T> List<T> read(String key, Function<String, T> reader) {
        List<T> result = new ArrayList<>();
        Yaml value = find(key);
        if (value == null) {
            return result;
        }
        List<Yaml> items = value instanceof Yaml.Sequence s ? s.items() : List.of(value);
        if (items.isEmpty()) {
            problems.add(value.line(), path(key), "the list is empty and would match nothing");
        }
        for (int i = 0; i < items.size(); i++) {
            String at = value instanceof Yaml.Sequence ? path(key) + "[" + i + "]" : path(key);
            String text = Scalars.text(items.get(i), at, problems);
            if (text != null) {
                try {
                    result.add(reader.apply(text));
                } catch (IllegalArgumentException e) {
                    problems.add(items.get(i).line(), at, String.valueOf(e.getMessage()));
                }
            }
        }
        return result;
    }

    @Nullable
    Boolean bool(String key) {
        Yaml value = find(key);
        return value == null ? null : Scalars.bool(value, path(key), problems);
    }

    int number(String key, int least, int most, int absent) {
        Yaml value = find(key);
        return value == null ? absent : Scalars.number(value, least, most, absent, path(key), problems);
    }

    Duration duration(String key, Duration least, Duration most, Duration absent) {
        Yaml value = find(key);
        if (value == null) {
            return absent;
        }
        Duration duration = Scalars.duration(value, path(key), problems);
        if (duration == null) {
            return absent;
        }
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            problems.add(
                    value.line(), path(key), "must be between " + Scalars.show(least) + " and " + Scalars.show(most));
            return absent;
        }
        return duration;
    }

    <E extends Enum<E>> E choice(String key, Words<E> words, E absent) {
        Yaml value = find(key);
        E chosen = value == null ? null : words.read(value, path(key), problems);
        return chosen == null ? absent : chosen;
    }

    <E extends Enum<E>> List<E> choices(String key, Words<E> words) {
        List<E> result = new ArrayList<>();
        Yaml value = find(key);
        if (value == null) {
            return result;
        }
        List<Yaml> items = value instanceof Yaml.Sequence s ? s.items() : List.of(value);
        if (items.isEmpty()) {
            problems.add(value.line(), path(key), "the list is empty and would match nothing");
        }
        for (int i = 0; i < items.size(); i++) {
            String at = value instanceof Yaml.Sequence ? path(key) + "[" + i + "]" : path(key);
            E e = words.read(items.get(i), at, problems);
            if (e != null) {
                result.add(e);
            }
        }
        return result;
    }

    Problems problems() {
        return problems;
    }

    /** The text of {@code key} in lower case, for comparisons where case means nothing. */
    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
