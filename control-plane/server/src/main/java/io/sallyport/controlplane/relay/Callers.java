package io.sallyport.controlplane.relay;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;

/** Who is connected to a relay, by the common name of the certificate, and who must not be any more. Thread-safe. */
final class Callers {

    private static final AttributeKey<String> WORKLOAD = AttributeKey.valueOf(Callers.class, "workload");

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile Set<String> revoked = Set.of();

    ChannelGroup open() {
        return open;
    }

    /**
     * A handshake is complete. The name is noted before revocations are looked at, and those are set before callers are looked through, so
     * that nobody slips between the two.
     *
     * @return {@code false} for a workload that was revoked
     */
    boolean admit(Channel caller, String workload) {
        caller.attr(WORKLOAD).set(workload);
        return !revoked.contains(workload);
    }

    /** Replaces the set of those who are revoked, and ends what they have open, with a reset. */
    void cutOff(Set<String> workloads) {
        if (revoked.equals(workloads)) {
            return;
        }
        revoked = Set.copyOf(workloads);
        for (Channel caller : open) {
            String workload = caller.attr(WORKLOAD).get();
            if (workload != null && workloads.contains(workload)) {
                caller.eventLoop().execute(() -> Relay.reset(caller));
            }
        }
    }
}
