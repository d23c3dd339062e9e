package io.sallyport.controlplane.cli;

/** A command could not be done; the message is for the terminal. */
final class CommandFailure extends RuntimeException {

    CommandFailure(String message) {
        super(message);
    }
}
