package io.sallyport.core.policy.load;

import java.util.List;

/** A YAML value that knows its line. Aliases are resolved, tags and styles forgotten. */
sealed interface Yaml {

    /** Line from 1. */
    int line();

    /** What people call the type. */
    String typeName();

    record Mapping(List<Entry> entries, int line) implements Yaml {
        @Override
        public String typeName() {
            return "a mapping";
        }
    }

    record Entry(String key, int line, Yaml value) {}

    record Sequence(List<Yaml> items, int line) implements Yaml {
        @Override
        public String typeName() {
            return "a list";
        }
    }

    record Scalar(String text, Type type, int line) implements Yaml {
        @Override
        public String typeName() {
            return switch (type) {
                case TEXT -> "text";
                case NUMBER -> "a number";
                case BOOLEAN -> "a boolean";
                case NULL -> "nothing";
            };
        }
    }

    /** How YAML 1.1 reads a plain scalar. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }
}
