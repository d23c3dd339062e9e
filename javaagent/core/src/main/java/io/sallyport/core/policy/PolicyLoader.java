package io.sallyport.core.policy;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.load.PolicyReader;
import io.sallyport.core.policy.shape.ShapeBook;

/**
 * Reads a policy file. Strict: a file with one unknown key, undeclared name, wrong type or rule that could never fire is refused as
 * a whole, with every error found. Never throws anything but {@link InvalidPolicyException}, on any text.
 */
public final class PolicyLoader {

    private PolicyLoader() {}

    /** Loads a policy of version 0: a file or a built-in. */
    public static CompiledPolicy load(String yaml, String fileName, KeySource keys) throws InvalidPolicyException {
        return load(yaml, fileName, keys, 0);
    }

    /**
     * @param fileName what errors call the file
     * @param version as the control plane counts it
     */
    public static CompiledPolicy load(String yaml, String fileName, KeySource keys, long version)
            throws InvalidPolicyException {
        return load(yaml, fileName, keys, version, ShapeBook.empty());
    }

    /** @param shapes what is known of the workload's statements; one book for every policy that is ever in force */
    public static CompiledPolicy load(String yaml, String fileName, KeySource keys, long version, ShapeBook shapes)
            throws InvalidPolicyException {
        return new CompiledPolicy(PolicyReader.read(yaml, fileName, keys, shapes), version);
    }
}
