package io.sallyport.controlplane.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import io.sallyport.controlplane.Fault;
import io.sallyport.controlplane.approvals.TicketDesk;
import io.sallyport.controlplane.events.Upload;
import io.sallyport.controlplane.policy.Rollout;
import io.sallyport.controlplane.store.Presence;
import io.sallyport.controlplane.store.StoreFault;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's channel. Frames come in one at a time; what the rest of the process tells the agent may come on any thread.
 *
 * <p>Nothing is told before {@code welcome}, and policies only ever go up in version: a publication that crosses the greeting is
 * sent once, whichever of the two is faster.
 */
public final class AgentChannel {

    private static final Logger LOG = LoggerFactory.getLogger(AgentChannel.class);
    private static final int POLICY_VIOLATION = 1008;
    private static final int GOING_AWAY = 1001;
    private static final int TRY_AGAIN = 1013;
    /** Recordings of one agent. */
    private static final int MOST_FORGOTTEN = 1000;

    private volatile Credentialed workload;
    private final Line line;
    private final ChannelServices services;
    private final FrameBudget budget;
    private final Object lock = new Object();

    /** Recordings of which something was forgotten for want of room. Used by the thread that brings frames. */
    private final Map<String, Awaited> forgotten = new HashMap<>();

    private boolean welcomed;
    private long policySent = -1;
    private AgentMessage.@Nullable Hello hello;
    private boolean policyWanted;
    private int waiting;
    private Instant touched = Instant.EPOCH;
    private volatile Instant heard;
    private volatile boolean ended;

    /** @param from the number with which the recording is to go on */
    private record Awaited(long from, AtomicBoolean asked) {}

    AgentChannel(Credentialed workload, Line line, ChannelServices services) {
        this.workload = workload;
        this.line = line;
        this.services = services;
        this.budget = new FrameBudget(services.clock());
        this.heard = services.clock().instant();
    }

    /** A frame arrived. Never throws; a channel that cannot go on is closed and the agent comes back. */
    public void onText(String text) {
        if (ended) {
            return;
        }
        if (!budget.take()) {
            end(POLICY_VIOLATION, "too many messages");
            return;
        }
        heard = services.clock().instant();
        try {
            AgentMessage message = Wire.read(text, AgentMessage.class);
            if (message == null) {
                throw new IllegalArgumentException("empty message");
            }
            handle(message, text.length());
        } catch (InvalidTypeIdException e) {
            LOG.debug("workload {} sent a message of an unknown type", workload.id());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.info("workload {} ({}) sent a malformed message", workload.id(), workload.name());
            end(POLICY_VIOLATION, "malformed message");
        } catch (RuntimeException e) {
            warn("a message could not be handled", e);
            end(TRY_AGAIN, "the control plane could not handle a message");
        }
    }

    private void handle(AgentMessage message, int size) {
        if (message instanceof AgentMessage.Hello greeting) {
            greet(greeting);
            return;
        }
        if (hello == null) {
            end(POLICY_VIOLATION, "hello must come first");
            return;
        }
        if (message instanceof AgentMessage.Events events) {
            store(events, size);
            alive(waiting);
        } else if (message instanceof AgentMessage.ApprovalRequest request) {
            open(request);
        } else if (message instanceof AgentMessage.ApprovalUpdate update) {
            services.tickets().callers(workload.id(), update.ticket(), update.callers());
        } else if (message instanceof AgentMessage.ApprovalWithdrawn withdrawn) {
            services.tickets().withdraw(workload.id(), withdrawn.ticket(), withdrawn.why());
        } else if (message instanceof AgentMessage.CoverageReport report) {
            services.ledger().coverage(workload.id(), report.mode(), report.components());
        } else if (message instanceof AgentMessage.PolicyStatus status) {
            services.ledger().policy(workload.id(), status);
            if (!status.accepted()) {
                alarm("policy version " + status.version() + " was refused by the agent");
            }
        } else if (message instanceof AgentMessage.PolicyHeld held) {
            if (policyWanted) {
                policyWanted = false;
                services.policies().recover(workload.name(), held).ifPresent(this::alarm);
            }
        } else if (message instanceof AgentMessage.Heartbeat heartbeat) {
            alive(heartbeat.waiting());
        }
    }

    /**
     * The next frame does not wait for it; the confirmation comes when it is committed. Where there is no room for it, it is forgotten with all that comes behind it,
     * until the agent has been asked for it and sends it again.
     */
    private void store(AgentMessage.Events events, int size) {
        String spool = events.spool();
        List<AgentMessage.Numbered> numbered = numbered(events);
        long first = numbered.isEmpty() ? 0 : numbered.get(0).sequence();
        Awaited awaited = forgotten.get(spool);
        if (awaited != null && !(awaited.from() == first && awaited.asked().get())) {
            return;
        }
        Optional<CompletableFuture<Long>> taken =
                services.intake().take(new Upload(workload.id(), spool, numbered, size));
        if (taken.isEmpty()) {
            forget(spool, first);
            return;
        }
        forgotten.remove(spool);
        var unused = taken.get().whenComplete((upTo, failure) -> {
            if (failure == null) {
                line.send(new ServerMessage.EventsAck(events.spool(), upTo));
            } else if (!ended) {
                warn("events could not be stored", failure);
                end(TRY_AGAIN, "the control plane could not store events");
            }
        });
    }

    private void forget(String spool, long from) {
        if (forgotten.size() >= MOST_FORGOTTEN) {
            end(TRY_AGAIN, "the control plane has no room for events");
            return;
        }
        Awaited awaited = new Awaited(from, new AtomicBoolean());
        forgotten.put(spool, awaited);
        services.intake().whenThereIsRoom(() -> {
            awaited.asked().set(true);
            tell(new ServerMessage.EventsAgain(spool, from));
        });
    }

    private void greet(AgentMessage.Hello greeting) {
        if (hello != null) {
            end(POLICY_VIOLATION, "hello came twice");
            return;
        }
        hello = greeting;
        AgentChannel before = services.connected().add(workload.id(), this);
        if (before != null) {
            before.supersededBy(greeting);
        }
        WorkloadLedger.Arrival arrival = services.ledger().connected(workload, greeting);
        if (!arrival.admitted()) {
            revoke("an administrator revoked this workload");
            return;
        }
        arrival.alarms().forEach(this::alarm);
        services.arrivals().of(workload.id(), greeting).forEach(this::alarm);
        touched = services.clock().instant();
        long acknowledged = services.events().acknowledged(workload.id(), greeting.spool());
        AgentMessage.Disk disk = greeting.disk();
        Map<String, Long> earlier =
                disk == null ? Map.of() : services.events().acknowledged(workload.id(), disk.present());
        synchronized (lock) {
            line.send(welcome(acknowledged, earlier));
            welcomed = true;
        }
        Rollout rollout = services.policies().rollout();
        if (greeting.policyVersion() > rollout.newest()) {
            policyWanted = true;
            tell(new ServerMessage.PolicyWanted());
        }
        offer(rollout);
        services.approvals().outcomesFor(workload.id()).forEach(this::tell);
        services.connected().greet(workload.id(), this);
        LOG.info("workload {} ({}) connected", workload.id(), workload.name());
    }

    private ServerMessage.Welcome welcome(long acknowledged, @Nullable Map<String, Long> earlier) {
        return new ServerMessage.Welcome(
                workload.name(),
                Set.copyOf(workload.groups()),
                workload.labels(),
                acknowledged,
                workload.verified(),
                earlier);
    }

    /** What was verified changed: the agent hears it. */
    void identify() {
        services.credentials().current(workload.id()).ifPresent(now -> {
            AgentMessage.Hello known = hello;
            workload = now;
            if (known != null) {
                tell(welcome(services.events().acknowledged(now.id(), known.spool()), null));
                offer(services.policies().rollout());
            }
        });
    }

    private void open(AgentMessage.ApprovalRequest request) {
        TicketDesk.Opened opened = services.tickets().open(workload.id(), request.ticket());
        ServerMessage.ApprovalDecision answer = opened.answer();
        if (answer != null) {
            tell(answer);
        }
        String alarm = opened.alarm();
        if (alarm != null) {
            alarm(alarm);
        }
    }

    /** Sends the policy that is for this workload, unless the agent was sent that version, or a later one, before. */
    void offer(Rollout rollout) {
        ServerMessage.PolicyUpdate policy = rollout.at(workload.labels());
        synchronized (lock) {
            AgentMessage.Hello known = hello;
            boolean ahead = known != null
                    && known.policyVersion() > policy.version()
                    && rollout.isRecovered(known.policyVersion());
            if (welcomed && policy.version() > policySent && !ahead) {
                policySent = policy.version();
                line.send(policy);
            }
        }
    }

    void tell(ServerMessage message) {
        synchronized (lock) {
            if (welcomed) {
                line.send(message);
            }
        }
    }

    void revoke(String reason) {
        line.send(new ServerMessage.Revoked(reason));
        end(POLICY_VIOLATION, "revoked");
    }

    void goAway() {
        line.close(GOING_AWAY, "the control plane stops");
    }

    /** The same credential opened another channel: the same process after a network fault, or a thief. */
    private void supersededBy(AgentMessage.Hello other) {
        AgentMessage.Hello mine = hello;
        boolean alive = !ended && services.clock().instant().isBefore(heard.plusSeconds(10));
        if (alive
                && mine != null
                && (mine.pid() != other.pid() || !String.valueOf(mine.host()).equals(other.host()))) {
            alarm("one credential is used by two live processes: " + mine.host() + " pid " + mine.pid() + " and "
                    + other.host() + " pid " + other.pid());
        }
        ended = true;
        line.close(POLICY_VIOLATION, "another channel was opened with this credential");
    }

    /** The connection is gone. */
    public void onClosed() {
        ended = true;
        if (services.connected().remove(workload.id(), this)) {
            try {
                services.ledger().disconnected(workload.id());
                LOG.info("workload {} ({}) disconnected", workload.id(), workload.name());
            } catch (RuntimeException e) {
                warn("the departure could not be stored", e);
            }
        }
    }

    /** Whether the agent has introduced itself. */
    public boolean introduced() {
        return hello != null;
    }

    private void alive(int nowWaiting) {
        Instant now = services.clock().instant();
        boolean changed = nowWaiting != waiting;
        if (changed || now.isAfter(touched.plus(Presence.TOUCH_EVERY))) {
            waiting = nowWaiting;
            touched = now;
            if (!services.ledger().alive(workload.id(), nowWaiting, changed)) {
                end(POLICY_VIOLATION, "this credential has ended, or another channel was opened with it");
            }
        }
    }

    private void warn(String what, Throwable failure) {
        Consumer<String> log =
                fault -> LOG.warn("workload {} ({}): {}: {}", workload.id(), workload.name(), what, fault);
        if (StoreFault.of(failure) != null) {
            services.storeFaults().tell(failure, log);
        } else {
            log.accept(Fault.of(failure));
        }
    }

    private void alarm(String what) {
        LOG.warn("workload {} ({}): {}", workload.id(), workload.name(), what);
        services.events().raise(workload.id(), what);
    }

    private void end(int code, String reason) {
        ended = true;
        line.close(code, reason);
    }

    private static List<AgentMessage.Numbered> numbered(AgentMessage.Events events) {
        List<AgentMessage.@Nullable Numbered> list = events.events() == null ? List.of() : events.events();
        for (AgentMessage.Numbered numbered : list) {
            Event event = numbered == null ? null : numbered.event();
            if (event == null || event.at() == null || event.type() == null) {
                throw new IllegalArgumentException("an event without time or type");
            }
        }
        return events.events() == null ? List.of() : events.events();
    }
}
