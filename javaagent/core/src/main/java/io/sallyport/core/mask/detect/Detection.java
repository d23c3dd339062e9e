package io.sallyport.core.mask.detect;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looks for: some of the detectors that there are. Immutable and thread-safe.
 *
 * @param entities their names; empty: nothing is looked for
 */
public record Detection(Detectors detectors, Set<String> entities) {

    public static final Detection NOTHING = new Detection(Detectors.standard(), Set.of());

    public Detection {
        entities = Set.copyOf(entities);
    }

    public boolean isEmpty() {
        return entities.isEmpty();
    }

    /**
     * What is found of it in a value, in the order of the start, without overlaps.
     *
     * @param context name of the column, key or field that holds the value; {@code null} or empty if there is none
     */
    public List<Finding> find(CharSequence value, @Nullable String context) {
        return detectors.find(value, context, entities);
    }

    /** Whether something of it is in a value. */
    public boolean isIn(CharSequence value, @Nullable String context) {
        return !isEmpty() && !find(value, context).isEmpty();
    }
}
