package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import java.time.Instant;

/** One key of {@code when} or {@code unless}. Immutable, thread-safe, and free of allocation where nothing is decoded. */
public interface Condition {

    /** What a condition speaks of; one that speaks of statements is false for requests, and the reverse. */
    enum Subject {
        CALL,
        STATEMENT,
        REQUEST,
        /** Of both: what is sent, statement or request. */
        PAYLOAD
    }

    /** The key as it is written in the file. */
    String key();

    Subject subject();

    Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity);
}
