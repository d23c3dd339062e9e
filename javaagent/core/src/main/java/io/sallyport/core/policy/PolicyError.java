package io.sallyport.core.policy;

/**
 * One thing that is wrong with a policy file.
 *
 * @param file name of the file as the user gave it
 * @param line line from 1
 * @param path where in the document: {@code guard[1].when.kind}; empty for the whole
 * @param reason what is wrong and what to write instead; never a key's value
 */
public record PolicyError(String file, int line, String path, String reason) {

    /** {@code policy.yaml:12: guard[1].when.kind: unknown kind 'dorp'; did you mean 'drop'?} */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + reason;
    }
}
