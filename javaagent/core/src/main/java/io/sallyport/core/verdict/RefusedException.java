package io.sallyport.core.verdict;

/**
 * A refusal on its way from the core to an instrumentation module. Checked on purpose: each module must translate it into the
 * exception that its client's callers already handle, since no agent type may reach the application.
 */
public final class RefusedException extends Exception {

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        // No stack trace: the module that translates it throws the one that callers see.
        super(refusal.describe(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
