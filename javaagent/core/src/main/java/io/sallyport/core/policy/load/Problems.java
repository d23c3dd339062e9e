package io.sallyport.core.policy.load;

import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.PolicyError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that its author sees everything at once. */
final class Problems {

    private static final int MOST = 100;

    private final String file;
    private final List<PolicyError> errors = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String path, String reason) {
        if (errors.size() < MOST) {
            errors.add(new PolicyError(file, line, path, reason));
        }
    }

    boolean none() {
        return errors.isEmpty();
    }

    InvalidPolicyException exception() {
        errors.sort(Comparator.comparingInt(PolicyError::line));
        return new InvalidPolicyException(errors);
    }

    void throwIfAny() throws InvalidPolicyException {
        if (!errors.isEmpty()) {
            throw exception();
        }
    }
}
