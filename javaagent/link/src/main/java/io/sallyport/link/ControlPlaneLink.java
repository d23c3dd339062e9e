package io.sallyport.link;

import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.verdict.StoppedSessions;
import io.sallyport.link.approval.LinkApprovalDesk;
import io.sallyport.link.channel.LinkThreads;
import io.sallyport.link.enroll.EnrolmentStore;
import io.sallyport.link.policy.PolicyInstaller;
import io.sallyport.link.policy.PolicyReceiver;
import io.sallyport.link.policy.PolicyStore;
import io.sallyport.link.relay.RelayConnections;
import io.sallyport.link.spool.RecordingKey;
import io.sallyport.link.spool.RecordingsOnDisk;
import io.sallyport.link.spool.Spool;
import io.sallyport.link.spool.SpoolBudget;
import io.sallyport.link.spool.SpoolSlot;
import io.sallyport.link.upload.Uploader;
import io.sallyport.protocol.AgentMessage.CoverageReport;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workload's link to its control plane. Thread-safe.
 *
 * <pre>
 *   ControlPlaneLink link = ControlPlaneLink.open(options, (version, yaml) -&gt; holder.set(load(version, yaml)), System.err::println);
 *   link.start();
 *   … link.events(), link.approvals(), link.identity() go to the gate …
 *   link.close();
 * </pre>
 *
 * <p>After {@link #open} events can be written; nothing has gone over the network. {@link #start} puts the policy on disk in force, if there is
 * one, and returns; everything else happens on threads of the link's own, for as long as the process lives and whether or not the control
 * plane can be reached.
 */
public final class ControlPlaneLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneLink.class);

    private final SpoolSlot slot;
    private final Spool spool;
    private final Membership membership;
    private final RelayConnections relays;
    private final PolicyReceiver policies;
    private final LinkApprovalDesk desk;
    private final VerifiedIdentity identity;
    private final CoverageDesk coverage = new CoverageDesk();
    private final StoppedSessions stopped = new StoppedSessions();
    private final SingleThreadIoEventLoop eventLoop;
    private final LinkLoop loop;
    private final Thread thread;
    private final Notices notices;
    private final LinkTimings timings;
    private boolean started;
    private boolean closed;

    private ControlPlaneLink(
            LinkOptions options, LinkTimings timings, PolicyInstaller installer, Notices notices, SpoolSlot slot)
            throws LinkException, IOException {
        this.slot = slot;
        this.notices = notices;
        this.timings = timings;
        this.membership = new Membership(options, new EnrolmentStore(slot.path()), timings);
        this.relays = new RelayConnections(membership::relayCredentials);
        this.policies = new PolicyReceiver(new PolicyStore(slot.path()), installer);
        this.identity = new VerifiedIdentity(options.self().workload());
        SpoolBudget budget = new SpoolBudget(options.spool().bytes());
        RecordingKey key = slot.key(options.spool().recordingKey());
        var leftovers = slot.leftovers(budget, key, notices);
        this.spool = Spool.create(slot.path(), budget, key);
        // One event loop and no group: the group's shutdown would start a thread of Netty's own in the workload.
        this.eventLoop = new SingleThreadIoEventLoop(null, new LinkThreads("link-io"), NioIoHandler.newFactory());
        ThreadPoolExecutor listeners = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), new LinkThreads("outcome"));
        this.desk = new LinkApprovalDesk(eventLoop, listeners, timings.grace());
        Session.Parts parts = new Session.Parts(
                options,
                spool,
                new RecordingsOnDisk(slot.path()),
                new Uploader(spool, leftovers, notices),
                desk,
                policies,
                identity,
                coverage,
                stopped);
        this.loop = new LinkLoop(membership, eventLoop, parts, timings, notices);
        this.thread = new LinkThreads("link").newThread(loop);
    }

    /**
     * Claims a place in the spool directory and checks the options.
     *
     * @param installer puts a policy in force; called during {@link #start} and later on the link's thread
     * @param notices hears what operators should know, one plain line each, on any thread
     * @throws LinkException one plain line: a wrong option, an unreadable file, a spool directory that cannot be used
     */
    public static ControlPlaneLink open(LinkOptions options, PolicyInstaller installer, Consumer<String> notices)
            throws LinkException {
        return open(options, LinkTimings.STANDARD, installer, notices);
    }

    static ControlPlaneLink open(
            LinkOptions options, LinkTimings timings, PolicyInstaller installer, Consumer<String> notices)
            throws LinkException {
        // Else Netty would look for logging libraries by itself and end at java.util.logging.
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
        SpoolSlot slot = null;
        ControlPlaneLink link = null;
        try {
            slot = SpoolSlot.claim(options.spool().directory(), options.self().workload());
            link = new ControlPlaneLink(options, timings, installer, new Notices(notices), slot);
            return link;
        } catch (IOException e) {
            throw new LinkException(
                    "the spool directory " + options.spool().directory() + " cannot be used (" + e
                            + "): set SALLYPORT_SPOOL_DIR to a directory that this user may write",
                    e);
        } finally {
            if (link == null && slot != null) {
                closeQuietly(slot);
            }
        }
    }

    /** Puts the policy on disk in force, if there is one, and begins to connect. Does not wait for the network. */
    public synchronized void start() {
        if (started || closed) {
            return;
        }
        started = true;
        String key = membership.policyKey();
        if (key != null) {
            policies.pin(key);
            String problem = policies.installStored();
            if (problem != null) {
                notices.accept(problem);
            }
        }
        thread.start();
    }

    /** TLS to relays in this workload's name. */
    public RelayConnections relays() {
        return relays;
    }

    /** Where events go: durable when {@code append} has returned, uploaded later. */
    public EventSink events() {
        return spool;
    }

    /** Where tickets go. */
    public ApprovalDesk approvals() {
        return desk;
    }

    /** Sessions that people have stopped on the dashboard. */
    public StoppedSessions stopped() {
        return stopped;
    }

    /** Who this workload is; unverified until the control plane has said so. */
    public Supplier<Identity> identity() {
        return identity;
    }

    /** Replaces the coverage that the control plane shows; sent at once, and again on every connect. Never blocks. */
    public void reportCoverage(CoverageReport report) {
        coverage.report(report);
    }

    /** Version of the policy in force; 0 for none. */
    public long policyVersion() {
        return policies.version();
    }

    /** The spool's directory, for {@code verify}. */
    public java.nio.file.Path spoolPath() {
        return spool.path();
    }

    /** Sends what is left, refuses what still waits for approval, and ends the link's threads; takes at most 5 s. What was not sent stays on disk. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        desk.close("the workload is shutting down");
        loop.close(timings.flush());
        join();
        eventLoop.shutdownGracefully(0, 200, TimeUnit.MILLISECONDS);
        closeQuietly(spool);
        closeQuietly(slot);
    }

    private void join() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + timings.flush().plusMillis(500).toNanos();
        while (thread.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("Not closed: {}", resource, e);
        }
    }
}
