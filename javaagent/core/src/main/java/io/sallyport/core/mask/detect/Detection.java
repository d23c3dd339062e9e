package io.sallyport.core.mask.detect;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule looks for: some of the detectors that there are. Immutable and thread-safe. */
public final class Detection {

    public static final Detection NOTHING = new Detection(Detectors.standard(), Set.of());

    private final Detectors detectors;
    private final Set<String> entities;

    /** {@code null} where a policy's own detectors are among them: what those find, only they know. */
    private final @Nullable FirstLook firstLook;

    /** @param entities their names; empty: nothing is looked for */
    public Detection(Detectors detectors, Set<String> entities) {
        this.detectors = detectors;
        this.entities = Set.copyOf(entities);
        this.firstLook = Detectors.BUILT_IN.containsAll(entities) ? new FirstLook(this.entities) : null;
    }

    public Detectors detectors() {
        return detectors;
    }

    public Set<String> entities() {
        return entities;
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

    /** Whether something of it is in a value; of most values a first look tells that without an allocation. */
    public boolean isIn(CharSequence value, @Nullable String context) {
        if (isEmpty() || value instanceof String text && firstLook != null && !firstLook.mayHold(text)) {
            return false;
        }
        return !find(value, context).isEmpty();
    }

    /** Whether something of it could be in the text of a whole number: {@code false} only when certainly not. */
    public boolean mayBeIn(long number) {
        return !isEmpty() && (firstLook == null || firstLook.mayHold(number));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Detection that && detectors.equals(that.detectors) && entities.equals(that.entities);
    }

    @Override
    public int hashCode() {
        return 31 * detectors.hashCode() + entities.hashCode();
    }

    @Override
    public String toString() {
        return entities.toString();
    }
}
