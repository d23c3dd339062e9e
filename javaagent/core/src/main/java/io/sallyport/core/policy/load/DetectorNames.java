package io.sallyport.core.policy.load;

import io.sallyport.core.mask.detect.Detectors;
import java.util.List;

/** The detectors that a policy can name. */
final class DetectorNames {

    static final List<String> ALL = Detectors.BUILT_IN.stream().sorted().toList();

    private DetectorNames() {}

    static String known(String name) {
        if (!ALL.contains(name)) {
            throw new IllegalArgumentException(
                    "no detector is named '" + Problem.shown(name) + "'" + Problem.suggestion(name, ALL));
        }
        return name;
    }
}
