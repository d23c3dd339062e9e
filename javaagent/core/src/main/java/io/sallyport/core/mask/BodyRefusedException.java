package io.sallyport.core.mask;

import java.io.IOException;

/** A body that a rule must mask cannot be read. The message names the rule and the cause, never content. */
public final class BodyRefusedException extends IOException {
    public BodyRefusedException(String message) {
        super(message);
    }
}
