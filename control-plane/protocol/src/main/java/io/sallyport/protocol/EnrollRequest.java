package io.sallyport.protocol;

import java.util.Map;

/**
 * A workload's first request.
 *
 * @param token the join token's text, see {@link JoinToken}
 * @param workload the name that the workload gives itself
 * @param instance random identifier of this process's spool; survives restarts that keep the spool directory
 * @param labels labels from the agent's options
 */
public record EnrollRequest(String token, String workload, String instance, Map<String, String> labels) {}
