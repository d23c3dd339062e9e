package io.sallyport.core.record;

import io.sallyport.core.mask.detect.Detectors;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be written down of the values of one statement: its literals and its bound parameters, in the order in which they stand.
 * Immutable.
 *
 * @param slots one for each literal and each {@code ?}
 * @param otherwise what holds for parameters of which no place is known
 * @param detected what a detector must not find in a value that is written down clear; empty where no mask detects
 */
public record ValuePlan(List<Slot> slots, Exposure otherwise, Set<String> detected) {

    /** How a value is written down. */
    public enum Exposure {
        /** As it is. */
        CLEAR,
        /** As a keyed hash (HMAC-SHA-256): equal values can be told, the value cannot. */
        HASHED,
        /** Not at all: it may be a credential. */
        WITHHELD
    }

    /**
     * A place of a value.
     *
     * @param literal what stands in the text; {@code null} for a parameter
     * @param quoted whether the literal is a string
     */
    public record Slot(@Nullable String literal, boolean quoted, Exposure exposure) {}

    /** Nothing of the values is written down. */
    public static final ValuePlan WITHHELD = new ValuePlan(List.of(), Exposure.WITHHELD, Set.of());

    public ValuePlan {
        slots = List.copyOf(slots);
        detected = Set.copyOf(detected);
    }

    /** How that text is written down at a place with that exposure. */
    Exposure of(String text, Exposure exposure) {
        if (exposure != Exposure.CLEAR || detected.isEmpty() || text.length() < 6) {
            return exposure;
        }
        for (String entity : Detectors.standard().entities(text, null)) {
            if (detected.contains(entity)) {
                return Exposure.HASHED;
            }
        }
        return exposure;
    }
}
