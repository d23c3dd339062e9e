package io.sallyport.agent.startup;

import org.jspecify.annotations.Nullable;

/** The agent cannot start; the message is one plain line that names the cause and the fix. */
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        this(message, null);
    }

    public StartupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
