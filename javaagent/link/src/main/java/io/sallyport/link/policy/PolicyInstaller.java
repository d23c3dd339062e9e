package io.sallyport.link.policy;

/** Puts a policy text in force. Called by one thread at a time. */
@FunctionalInterface
public interface PolicyInstaller {

    /**
     * Validates and installs; the policy in force stays when this fails.
     *
     * @throws Exception whose message says what is wrong with the policy (file, line, path and reason); it is shown to operators
     */
    void install(long version, String yaml) throws Exception;
}
