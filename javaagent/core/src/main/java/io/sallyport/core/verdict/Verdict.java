package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.HoldRequest;

/** What a policy says about a command. */
public sealed interface Verdict {

    /** The call may go on, under {@code obligations}. */
    record Allow(Obligations obligations) implements Verdict {
        public static final Allow PLAIN = new Allow(Obligations.NONE);
    }

    /** The call may go on if {@code replacement} is sent in its place (a higher TLS level, {@code https:} for {@code http:}). */
    record Rewrite(Command replacement, Obligations obligations) implements Verdict {}

    /** The call is refused. */
    record Deny(Refusal refusal) implements Verdict {}

    /** The call waits for people. */
    record Hold(HoldRequest request, Obligations obligations) implements Verdict {}

    /** What is sent under this verdict; only a rewrite sends something else than was asked for. */
    default Command commandFor(Command asked) {
        return this instanceof Rewrite rewrite ? rewrite.replacement() : asked;
    }

    /** What must be done to the answer; nothing where there will be none. */
    default Obligations obligationsOrNone() {
        if (this instanceof Allow allow) {
            return allow.obligations();
        }
        if (this instanceof Rewrite rewrite) {
            return rewrite.obligations();
        }
        return this instanceof Hold hold ? hold.obligations() : Obligations.NONE;
    }
}
