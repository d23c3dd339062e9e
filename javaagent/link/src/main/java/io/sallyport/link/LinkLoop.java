package io.sallyport.link;

import io.netty.channel.EventLoop;
import io.sallyport.link.channel.AgentChannel;
import io.sallyport.link.channel.ChannelRefusedException;
import io.sallyport.link.channel.Connector;
import io.sallyport.link.enroll.Enrolment;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link's thread: enrol, connect, serve, and again after a pause, until the link is closed or the workload is cut off. Whatever goes wrong in
 * one round ends that round and no more.
 */
final class LinkLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);

    private final Membership membership;
    private final EventLoop eventLoop;
    private final Session.Parts parts;
    private final LinkTimings timings;
    private final Notices notices;
    private final Backoff backoff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long flushUntil;

    LinkLoop(Membership membership, EventLoop eventLoop, Session.Parts parts, LinkTimings timings, Notices notices) {
        this.membership = membership;
        this.eventLoop = eventLoop;
        this.parts = parts;
        this.timings = timings;
        this.notices = notices;
        this.backoff = new Backoff(timings.firstPause(), timings.longestPause());
    }

    /** Asks the thread to send what is left, for at most {@code limit}, and to end. */
    void close(Duration limit) {
        flushUntil = System.nanoTime() + limit.toNanos();
        closing.countDown();
    }

    boolean closing() {
        return closing.getCount() == 0;
    }

    /** Whether the time for sending what is left is over. */
    boolean flushed() {
        return closing() && System.nanoTime() - flushUntil >= 0;
    }

    @Override
    public void run() {
        // At least one round, so that a workload that lives for a moment only still delivers its events.
        do {
            try {
                round();
            } catch (CutOffException e) {
                notices.accept(e.getMessage());
                parts.desk().close("the control plane revoked this workload");
                return;
            } catch (LinkException e) {
                notices.accept(e.getMessage());
            } catch (InterruptedException e) {
                // Nobody has reason to interrupt this thread; a stray interrupt must not end the link.
                LOG.debug("Interrupted", e);
            } catch (IOException | RuntimeException e) {
                LOG.debug("The link failed", e);
                notices.accept("the link to the control plane failed (" + e + ") and is set up again");
            }
            pause(backoff.next());
        } while (!closing());
    }

    private void round() throws LinkException, IOException, InterruptedException {
        Connector connector = membership.connector(eventLoop);
        Enrolment enrolment = membership.current(connector);
        parts.policies().pin(enrolment.policyKey());
        Session session = new Session(parts, timings, notices, this);
        try {
            AgentChannel channel = open(membership.connector(eventLoop, enrolment), enrolment, session);
            if (session.serve(channel, enrolment.instance(), () -> renew(connector))) {
                backoff.reset();
            }
        } finally {
            session.end();
        }
        String reason = session.revoked();
        if (reason != null) {
            membership.cutOff(reason);
            parts.identity().unverified();
            throw new CutOffException(reason);
        }
    }

    private void renew(Connector connector) throws InterruptedException {
        try {
            membership.renewIfDue(connector);
        } catch (LinkException e) {
            notices.accept(e.getMessage());
        }
    }

    private AgentChannel open(Connector connector, Enrolment enrolment, Session session)
            throws LinkException, InterruptedException {
        String credential = enrolment.credential();
        if (credential == null) {
            throw new LinkException("this workload has no credential");
        }
        try {
            return AgentChannel.open(connector, credential, timings.answer(), timings.silence(), session);
        } catch (ChannelRefusedException e) {
            if (e.status() == 401) {
                membership.credentialRefused();
                throw new LinkException(
                        "the control plane no longer takes this workload's credential; it enrols again", e);
            }
            if (e.status() == 403) {
                membership.cutOff("HTTP 403");
                parts.identity().unverified();
                throw new CutOffException("it answered HTTP 403");
            }
            throw e;
        }
    }

    private void pause(Duration length) {
        try {
            if (!closing.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Next attempt after {} ms", length.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted", e);
        }
    }
}
