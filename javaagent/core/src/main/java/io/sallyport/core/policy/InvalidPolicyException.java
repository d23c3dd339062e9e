package io.sallyport.core.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy file that was refused as a whole. The message lists every error, one a line. */
public final class InvalidPolicyException extends Exception {

    private final transient List<PolicyError> errors;

    public InvalidPolicyException(List<PolicyError> errors) {
        super(errors.stream().map(PolicyError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** In the order of the file; at least one. */
    public List<PolicyError> errors() {
        return errors;
    }
}
