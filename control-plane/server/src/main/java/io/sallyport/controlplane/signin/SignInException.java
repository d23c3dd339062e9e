package io.sallyport.controlplane.signin;

/** A sign-in that did not succeed. The message is for the audit log and carries no token. */
public final class SignInException extends Exception {

    private static final long serialVersionUID = 1;

    /** What the person is told. */
    public enum Reason {
        /** The provider cannot be reached or answers nonsense. */
        PROVIDER,
        /** The provider said no, or what it said is not to be trusted. */
        REFUSED,
        /** It took too long, or was begun in another browser. */
        STALE,
        /** The person is known, but has no role here. */
        NO_ROLE
    }

    private final Reason reason;

    public SignInException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SignInException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
