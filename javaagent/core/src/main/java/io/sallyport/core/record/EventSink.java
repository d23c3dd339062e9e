package io.sallyport.core.record;

/** Where events go; implemented by the spool. Thread-safe; returns once the event would survive a kill of the process. */
public interface EventSink {

    /** Forgets everything; for tests and for the command line. */
    EventSink NOWHERE = event -> true;

    /** @return {@code false} when the event could not be kept (spool full or broken); the policy says what follows */
    boolean append(Event event);
}
