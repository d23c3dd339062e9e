package io.sallyport.core.record;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.record.credential.CredentialText;
import io.sallyport.core.record.credential.NamedBeside;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be written down of the values of one statement: its literals and its bound parameters, in the order in which they stand.
 * Immutable.
 *
 * @param slots one for each literal and each {@code ?}
 * @param otherwise what holds for parameters of which no place is known
 * @param detected what must not be found in a value that is written down clear
 */
public record ValuePlan(List<Slot> slots, Exposure otherwise, Detection detected) {

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
    public static final ValuePlan WITHHELD = new ValuePlan(List.of(), Exposure.WITHHELD, Detection.NOTHING);

    public ValuePlan {
        slots = List.copyOf(slots);
    }

    /** How that text is written down at a place with that exposure; the whole of it, since of a part a detector cannot tell. */
    public Exposure of(String text, Exposure exposure) {
        if (exposure != Exposure.CLEAR || text.length() < 6) {
            return exposure;
        }
        if (CredentialText.isIn(text) || NamedBeside.isIn(text)) {
            return Exposure.WITHHELD;
        }
        return detected.isIn(text, null) ? Exposure.HASHED : exposure;
    }
}
