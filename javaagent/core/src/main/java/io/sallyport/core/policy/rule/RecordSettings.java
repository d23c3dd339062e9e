package io.sallyport.core.policy.rule;

import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import java.time.Duration;

/**
 * The {@code record} section.
 *
 * @param retain how long the control plane keeps events
 * @param refuseWhenFull whether a call is refused when its event cannot be kept
 * @param survivesPower whether the event of a write is on the disk itself before the write is sent
 */
public record RecordSettings(RecordLevel level, Duration retain, boolean refuseWhenFull, boolean survivesPower) {
    public static final RecordSettings STANDARD =
            new RecordSettings(RecordLevel.STATEMENTS, Duration.ofDays(90), true, false);
}
