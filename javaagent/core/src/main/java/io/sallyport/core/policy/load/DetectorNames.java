package io.sallyport.core.policy.load;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.Detectors;
import java.util.List;
import java.util.Set;

/** The detectors that the rules of a policy can name. */
final class DetectorNames {

    private final Detectors detectors;

    DetectorNames(Detectors detectors) {
        this.detectors = detectors;
    }

    /** The key {@code detect}; nothing where it is absent. */
    Detection read(Section section) {
        return new Detection(detectors, Set.copyOf(section.read("detect", this::known)));
    }

    private String known(String name) {
        if (!detectors.knows(name)) {
            List<String> all = detectors.names();
            throw new IllegalArgumentException(
                    "no detector is named '" + Problem.shown(name) + "'" + Problem.suggestion(name, all));
        }
        return name;
    }
}
