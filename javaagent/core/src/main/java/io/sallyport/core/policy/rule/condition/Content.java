package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.detect.Finding;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks detectors about a value that is about to be sent. */
final class Content {

    private Content() {}

    /**
     * Looks at text and numbers; streams and large objects cannot be read without using them up.
     *
     * @param context name of the parameter or field; empty where there is none
     */
    static boolean holds(@Nullable Object value, String context, Set<String> detectors) {
        if (!(value instanceof CharSequence) && !(value instanceof Number)) {
            return false;
        }
        for (Finding finding : Detectors.standard().find(value.toString(), context)) {
            if (finding.among(detectors) != null) {
                return true;
            }
        }
        return false;
    }
}
