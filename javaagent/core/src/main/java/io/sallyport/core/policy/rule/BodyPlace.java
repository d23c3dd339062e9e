package io.sallyport.core.policy.rule;

import org.jspecify.annotations.Nullable;

/**
 * A place in HTTP bodies.
 *
 * @param target name of a target entry, or {@code null} for every target of the rule
 * @param text a JSONPath or XPath, or the name of a member, element, attribute, CSV column or form field
 */
public record BodyPlace(@Nullable String target, Kind kind, String text) {
    /** How {@link #text} is read. */
    public enum Kind {
        PATH,
        KEY
    }
}
