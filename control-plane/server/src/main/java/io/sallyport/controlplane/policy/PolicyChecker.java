package io.sallyport.controlplane.policy;

import java.time.Duration;
import java.util.List;

/** Judges a policy text with the code that agents use. Thread-safe. */
public interface PolicyChecker {

    /** Never throws on any text. */
    Result check(String yaml);

    /**
     * @param errors empty when the policy is valid
     * @param retain how long it keeps events
     */
    record Result(String mode, List<Finding> errors, Duration retain) {
        public boolean valid() {
            return errors.isEmpty();
        }
    }

    /**
     * One error.
     *
     * @param line counted from 1; 0 where the whole text is meant
     * @param path position in the document, {@code guard[2].when.kind}
     */
    record Finding(int line, String path, String reason) {}
}
