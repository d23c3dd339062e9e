package io.sallyport.agent.cli;

/** The command was called wrongly; the message says how to call it. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
