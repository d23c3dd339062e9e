package io.sallyport.link;

import io.sallyport.core.verdict.StoppedSessions;
import io.sallyport.link.approval.LinkApprovalDesk;
import io.sallyport.link.channel.AgentChannel;
import io.sallyport.link.policy.PolicyReceiver;
import io.sallyport.link.spool.RecordingsOnDisk;
import io.sallyport.link.spool.Spool;
import io.sallyport.link.upload.Uploader;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.AgentMessage.Heartbeat;
import io.sallyport.protocol.AgentMessage.PolicyStatus;
import io.sallyport.protocol.ServerMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's life on the link's thread: hello, welcome, then whatever comes in and whatever the spool holds, until the channel closes.
 * Messages are put into a queue by the event loop and handled here, one at a time.
 */
final class Session implements Consumer<ServerMessage> {

    /** How long a new event waits at most before it is noticed: waking this thread would cost the application's thread a system call. */
    private static final long LOOK_EVERY_MILLIS = 20;

    /** Shorter connections do not count as success, so that a server that drops everybody is not besieged. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final BlockingQueue<ServerMessage> inbox = new LinkedBlockingQueue<>();
    private final Parts parts;
    private final LinkTimings timings;
    private final Notices notices;
    private final LinkLoop loop;
    private @Nullable String revoked;

    /** What a connection serves; outlives it. */
    record Parts(
            LinkOptions options,
            Spool spool,
            RecordingsOnDisk disk,
            Uploader uploader,
            LinkApprovalDesk desk,
            PolicyReceiver policies,
            VerifiedIdentity identity,
            CoverageDesk coverage,
            StoppedSessions stopped) {}

    Session(Parts parts, LinkTimings timings, Notices notices, LinkLoop loop) {
        this.parts = parts;
        this.timings = timings;
        this.notices = notices;
        this.loop = loop;
    }

    /** Called on the event loop. */
    @Override
    public void accept(ServerMessage message) {
        inbox.add(message);
    }

    /** Why the control plane cut this workload off; {@code null} if it did not. */
    @Nullable
    String revoked() {
        return revoked;
    }

    /** What else is done now and then while a connection lives. */
    @FunctionalInterface
    interface AtEachHeartbeat {
        void run() throws InterruptedException;
    }

    /** @return whether the connection lasted long enough to count as a success */
    boolean serve(AgentChannel channel, String instance, AtEachHeartbeat also)
            throws LinkException, IOException, InterruptedException {
        AgentMessage.Disk disk = parts.disk().report();
        parts.spool().announced();
        channel.send(Greeting.of(
                parts.options(),
                instance,
                parts.spool().id(),
                parts.policies().version(),
                parts.spool().publicKey(),
                disk));
        try {
            long since = System.nanoTime();
            ServerMessage.Welcome welcome = awaitWelcome(channel);
            if (welcome == null) {
                return true;
            }
            if (disk != null) {
                parts.disk().heard(disk);
            }
            notices.settled();
            parts.coverage().connected(channel);
            parts.desk().connected(channel);
            Map<String, Long> stored = welcome.stored();
            parts.uploader().begin(welcome.acknowledged(), stored == null ? Map.of() : stored);
            exchange(channel, also);
            return System.nanoTime() - since > STABLE_NANOS;
        } finally {
            if (loop.closing() || revoked != null) {
                channel.close();
            } else {
                channel.abort();
            }
        }
    }

    /** Nothing more comes from this connection. */
    void end() {
        parts.desk().disconnected();
        parts.coverage().disconnected();
        parts.uploader().end();
    }

    /** @return {@code null} where this workload is cut off */
    private ServerMessage.@Nullable Welcome awaitWelcome(AgentChannel channel)
            throws LinkException, InterruptedException {
        long deadline = System.nanoTime() + timings.answer().toNanos();
        while (channel.isOpen() && System.nanoTime() - deadline < 0) {
            ServerMessage message = inbox.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (message != null) {
                handle(channel, message);
            }
            if (message instanceof ServerMessage.Welcome welcome) {
                return welcome;
            }
            if (revoked != null) {
                return null;
            }
        }
        throw new LinkException("the control plane did not welcome this workload; the connection is tried again");
    }

    private void exchange(AgentChannel channel, AtEachHeartbeat also) throws InterruptedException {
        long beat = System.nanoTime();
        while (channel.isOpen() && revoked == null) {
            boolean more = parts.uploader().step(channel);
            ServerMessage message = inbox.poll(more ? 1 : LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (message != null) {
                handle(channel, message);
            }
            long now = System.nanoTime();
            if (now - beat >= 0) {
                beat = now + timings.heartbeat().toNanos();
                channel.send(new Heartbeat(Instant.now(), parts.desk().waiting()));
                channel.ping();
                also.run();
            }
            if (parts.uploader().stalledFor() > timings.acknowledgement().toNanos()) {
                notices.accept("the control plane does not confirm events; the connection is set up again");
                return;
            }
            if (loop.closing()) {
                parts.spool().seal();
            }
            if (loop.closing() && (parts.uploader().drained() || loop.flushed())) {
                return;
            }
        }
        for (ServerMessage message = inbox.poll(); message != null; message = inbox.poll()) {
            handle(channel, message);
        }
    }

    private void handle(AgentChannel channel, ServerMessage message) {
        if (message instanceof ServerMessage.Welcome welcome) {
            parts.identity().verified(welcome);
        } else if (message instanceof ServerMessage.PolicyUpdate policy) {
            PolicyStatus status = parts.policies().receive(policy);
            if (!status.accepted()) {
                notices.accept("policy version " + status.version() + " is not taken and the last good one stays: "
                        + status.reason());
            }
            channel.send(status);
        } else if (message instanceof ServerMessage.PolicyWanted) {
            AgentMessage.PolicyHeld held = parts.policies().held();
            if (held != null) {
                channel.send(held);
            }
        } else if (message instanceof ServerMessage.EventsAck ack) {
            parts.uploader().confirmed(ack);
        } else if (message instanceof ServerMessage.EventsAgain wanted) {
            parts.uploader().again(wanted);
        } else if (message instanceof ServerMessage.ApprovalDecision decision) {
            parts.desk().decided(decision);
        } else if (message instanceof ServerMessage.SessionStopped stop) {
            parts.stopped()
                    .stop(
                            stop.session(),
                            "this session was stopped by " + stop.by() + " (" + stop.reason()
                                    + "); open a new connection once that is settled");
        } else if (message instanceof ServerMessage.Revoked cut) {
            revoked = cut.reason() == null ? "no reason given" : cut.reason();
        }
    }
}
