package io.sallyport.core.policy.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words that a policy file has for the constants of an enum. */
final class Words<E extends Enum<E>> {

    private final Map<String, E> byWord = new LinkedHashMap<>();

    private Words() {}

    /** The constants' names in lower case. */
    static <E extends Enum<E>> Words<E> of(Class<E> type) {
        Words<E> words = new Words<>();
        for (E e : type.getEnumConstants()) {
            words.byWord.put(lower(e), e);
        }
        return words;
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> Words<E> of(Class<E> type, Function<E, String> word) {
        Words<E> words = new Words<>();
        for (E e : type.getEnumConstants()) {
            words.byWord.put(word.apply(e), e);
        }
        return words;
    }

    Set<String> all() {
        return byWord.keySet();
    }

    @Nullable
    E read(Yaml value, String path, Problems problems) {
        // Plain words such as off, no and on are booleans to YAML 1.1; here they are what is written.
        if (!(value instanceof Yaml.Scalar scalar)) {
            problems.add(
                    value.line(), path, "expected one of " + String.join(", ", all()) + "; found " + value.typeName());
            return null;
        }
        E e = byWord.get(scalar.text());
        if (e == null) {
            problems.add(
                    value.line(),
                    path,
                    "unknown word '" + Problem.shown(scalar.text()) + "'" + Problem.suggestion(scalar.text(), all()));
        }
        return e;
    }
}
