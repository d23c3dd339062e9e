package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.mask.detect.Detection;
import org.jspecify.annotations.Nullable;

/** Asks detectors about a value that is about to be sent. */
final class Content {

    private Content() {}

    /**
     * Looks at text and numbers; streams and large objects cannot be read without using them up.
     *
     * @param context name of the parameter or field; empty where there is none
     */
    static boolean holds(@Nullable Object value, String context, Detection detection) {
        return (value instanceof CharSequence || value instanceof Number) && detection.isIn(value.toString(), context);
    }
}
