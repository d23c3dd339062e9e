package io.sallyport.core.hold;

import io.sallyport.core.command.Target;

/**
 * How many callers of a target may be held at the same time. A held JDBC caller keeps a pooled connection; more than half of a
 * target's open connections must not be kept from calls that need nobody's approval. Thread-safe, does not block.
 */
@FunctionalInterface
public interface HoldLimit {

    /** For where open connections are not known: half of the usual pool of ten for JDBC, 64 requests for HTTP. */
    HoldLimit DEFAULT = target -> target.protocol() == Target.Protocol.JDBC ? 5 : 64;

    /** @return the number of callers; less than one counts as one */
    int allowed(Target target);

    /** A connection to the target was opened. */
    default void opened(Target target) {}

    /** One was closed. */
    default void closed(Target target) {}

    /** The same number for every target. */
    static HoldLimit fixed(int callers) {
        return target -> callers;
    }
}
