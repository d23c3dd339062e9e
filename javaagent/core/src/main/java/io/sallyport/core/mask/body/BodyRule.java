package io.sallyport.core.mask.body;

import io.sallyport.core.mask.function.MaskingFunction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a policy's mask rule says about bodies. Immutable; constructors refuse what could never match. */
public sealed interface BodyRule {

    /** Name of the rule, for records and messages. */
    String rule();

    /** What stands in place of the values. */
    MaskingFunction function();

    /**
     * Every member, element, attribute, CSV column or form field of this name at any depth; all leaves where it is a container. Case and
     * single separators in the name do not count ({@link KeyNames}), namespace prefixes of XML neither. A path names one spelling.
     */
    record Key(String rule, String key, MaskingFunction function) implements BodyRule {
        public Key {
            if (key.isEmpty()) {
                throw new IllegalArgumentException("an empty key matches nothing");
            }
        }
    }

    /**
     * The nodes of a path and all their leaves: JSONPath (starts with {@code $}; {@code .name}, {@code ['name']}, {@code [n]},
     * {@code [*]}, {@code .*}, {@code ..name}, {@code ..*}) or XPath (starts with {@code /}; {@code /a/b}, {@code //b},
     * {@code /a/*}, {@code /a/@c}).
     */
    record Path(String rule, String path, MaskingFunction function) implements BodyRule {
        public Path {
            NodePath.parse(path);
        }

        /** What the nodes are called that the path ends at; {@code null} where it does not say. */
        public @Nullable String lastName() {
            return NodePath.parse(path).lastName();
        }
    }

    /** What detectors of these names find in any value, in names too. */
    record Detect(String rule, Set<String> entities, MaskingFunction function) implements BodyRule {
        public Detect {
            entities = Set.copyOf(entities);
            if (entities.isEmpty()) {
                throw new IllegalArgumentException("a detect rule names at least one detector");
            }
        }
    }
}
