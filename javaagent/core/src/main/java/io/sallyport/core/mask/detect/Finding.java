package io.sallyport.core.mask.detect;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sensitive value inside a text.
 *
 * @param entity name of what it is, {@code CREDIT_CARD} for example
 * @param inside what else lies within it, as the token that is a URL's password does: who looks for that means this finding
 * @param start index of its first char
 * @param end index after its last char
 */
public record Finding(String entity, Set<String> inside, int start, int end) {

    public Finding {
        inside = Set.copyOf(inside);
    }

    public Finding(String entity, int start, int end) {
        this(entity, Set.of(), start, end);
    }

    /** The name that it is looked for under; {@code null} where none of {@code entities} is meant. */
    public @Nullable String among(Set<String> entities) {
        if (entities.contains(entity)) {
            return entity;
        }
        for (String other : inside) {
            if (entities.contains(other)) {
                return other;
            }
        }
        return null;
    }

    Finding at(int otherStart, int otherEnd) {
        return new Finding(entity, inside, otherStart, otherEnd);
    }

    /** This one, which covers {@code other} too. */
    Finding holding(Finding other) {
        Set<String> both = new HashSet<>(inside);
        both.addAll(other.inside);
        both.add(other.entity);
        both.remove(entity);
        return new Finding(entity, both, start, end);
    }
}
