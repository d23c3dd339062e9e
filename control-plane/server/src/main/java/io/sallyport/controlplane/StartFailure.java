package io.sallyport.controlplane;

import org.jspecify.annotations.Nullable;

/** The control plane cannot start; the message is one plain line that names the cause and the fix. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
