package io.sallyport.core.record;

/**
 * Names a failure of a target, driver or client for the record. The core knows no {@code SQLException}; who knows it adds the
 * SQLState. A failure's message is never part of the name: it may quote the statement.
 */
@FunctionalInterface
public interface FailureNames {

    /** The class of the failure. */
    FailureNames BY_CLASS = failure -> failure.getClass().getName();

    String of(Throwable failure);
}
