package io.sallyport.core.mask;

import java.io.IOException;

/** A body that a rule must mask cannot be read. The message begins as that of every refusal, and names the rule and the cause, never content. */
public final class BodyRefusedException extends IOException {

    private final String reason;

    /** @param reason what is said behind the words that every refusal begins with */
    public BodyRefusedException(String reason) {
        super("Refused by Sallyport: " + reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
