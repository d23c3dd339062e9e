package io.sallyport.controlplane.store;

/**
 * Something changed; whoever cares reads the new state.
 *
 * @param subject id of what changed
 */
public record Notice(Kind kind, String subject) {

    /** What can change. */
    public enum Kind {
        /** A ticket was opened or ended, or its callers or decisions changed. */
        APPROVAL,
        /** A policy version was published. */
        POLICY,
        /** A workload enrolled, came, went, or reported something new about itself. */
        WORKLOAD,
        /** What was verified about a workload changed. */
        IDENTITY,
        /** A workload's credential is void. */
        REVOKED,
        /** A session of a workload was stopped; the subject is the workload. */
        STOPPED
    }
}
