package io.sallyport.link;

/** The control plane has revoked this workload's credential. */
final class CutOffException extends LinkException {

    private static final long serialVersionUID = 1;

    CutOffException(String reason) {
        super(
                "the control plane revoked this workload (" + reason
                        + "): approvals are refused and events stay in the spool; to bring it back, start it with a new join token");
    }
}
