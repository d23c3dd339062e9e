package io.sallyport.sockets;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;
import io.sallyport.weaving.Coverage;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Refuses connections to governed places that no mediated driver or client opens, or that one opens for a request to another
 * name: what a name resolves to is judged where it is connected to, so that neither an alias nor a changing answer of a name service
 * evades a rule. Connections to anywhere else cost a look at the places and never fail because of it, but for those of a driver or
 * client that is woven in part: what it calls may pass undecided wherever it is. Thread-safe.
 */
final class ConnectGuard {

    private final Gate gate;
    private final OpenerFinder openers;
    private final GovernedPlaces places;
    private final ClientSockets clients;
    private final Relays relays;
    private final EgressCoverage egress;
    private final Traffic traffic;
    private final Coverage coverage;
    private final boolean enforcing;
    private final AtomicBoolean alarmed = new AtomicBoolean();
    private final ThreadLocal<Boolean> toProxy = new ThreadLocal<>();
    /** Set while the call that was refused on this thread has not ended: an asynchronous connect returns normally all the same. */
    private final ThreadLocal<Boolean> refusedHere = new ThreadLocal<>();

    ConnectGuard(
            AgentContext context,
            OpenerFinder openers,
            GovernedPlaces places,
            Relays relays,
            EgressCoverage egress,
            Traffic traffic) {
        this.gate = context.gate();
        this.coverage = context.coverage();
        this.enforcing = context.enforcing();
        this.clients = context.sockets();
        this.openers = openers;
        this.places = places;
        this.relays = relays;
        this.egress = egress;
        this.traffic = traffic;
    }

    /** Before an address is connected to as the application named it. */
    void connecting(@Nullable SocketAddress remote) throws IOException {
        if (remote instanceof InetSocketAddress inet) {
            judge(inet, null);
        }
    }

    /** The same by a native transport: no other look at the address follows, and its bytes are not counted. */
    void connectingNatively(Object socket, @Nullable SocketAddress remote) throws IOException {
        clients.connects(socket);
        if (remote instanceof InetSocketAddress inet && !inet.isUnresolved()) {
            judge(inet, socket);
            demandRelay(inet);
        }
    }

    /** Before the system call. Its bytes are counted where nobody mediates the connection. */
    void connecting(FileDescriptor socket, InetAddress remote, int port) throws IOException {
        clients.connects(socket);
        InetSocketAddress inet = new InetSocketAddress(remote, port);
        Opener unmediated = judge(inet, socket);
        if (!relays.isLeading()) {
            demandRelay(inet);
        }
        if (unmediated != null) {
            traffic.watch(socket, egress.bytes(unmediated.name(), Places.of(inet)));
        }
    }

    /**
     * @param socket what a client may have opened for itself; {@code null} where only the stack can tell
     * @return who opens a connection that is admitted and unmediated; {@code null} for every other
     */
    private @Nullable Opener judge(InetSocketAddress remote, @Nullable Object socket) throws IOException {
        wasRefusedHere();
        Endpoint governed = governed(remote);
        if (governed == null && coverage.isFlawless()) {
            return null;
        }
        Endpoint place = governed == null ? Places.named(remote) : governed;
        try {
            Opener opener = openers.find();
            if (opener.kind() == Opener.Kind.UNMEDIATED && clients.isClients(socket)) {
                opener = new Opener(Opener.Kind.MEDIATED, opener.name());
            }
            if (governed == null ? opener.kind() != Opener.Kind.FLAWED : isOurs(opener, remote, governed)) {
                return null;
            }
            if (!gate.allowsSocket(opener.name(), place)) {
                refuse(opener, place, Places.of(remote));
            }
            return opener.isKnown() ? null : opener;
        } catch (RuntimeException | LinkageError | StackOverflowError defect) {
            alarm(defect);
            if (enforcing && governed != null) {
                throw new SocketException("Refused by Sallyport: who opens a connection to " + place
                        + " could not be found out (" + defect.getClass().getName() + ")");
            }
            return null;
        }
    }

    /** This thread's connect goes to the proxy that the JDK was told of, or goes on. */
    void toProxy(boolean begins) {
        if (begins) {
            toProxy.set(Boolean.TRUE);
        } else {
            toProxy.remove();
        }
    }

    /** Whether a connection to a governed place is one that a module has decided, or nobody needs to. */
    private boolean isOurs(Opener opener, InetSocketAddress remote, Endpoint governed) {
        if (opener.isKnown()
                && (opener.kind() != Opener.Kind.MEDIATED
                        || !places.isAlias(remote, governed)
                        // Asked for as the proxy, whose address it is, and not under some name.
                        || toProxy.get() != null)) {
            return true;
        }
        return opener.kind() != Opener.Kind.FLAWED && places.isExpected(remote, governed);
    }

    /** What goes to a place behind a relay, and was not led there: TLS can be put on a {@code java.net.Socket} only. */
    private void demandRelay(InetSocketAddress remote) throws IOException {
        Endpoint relay = relays.before(remote);
        if (relay == null) {
            return;
        }
        Endpoint place = Places.named(remote);
        try {
            gate.refuse(
                    command(place),
                    "relay",
                    "connections to " + place + " go through the relay " + relay
                            + ", and this one is opened by a channel"
                            + " (java.nio), on which no TLS can be layered. Use a driver or a client that connects by"
                            + " java.net.Socket.");
        } catch (RefusedException refused) {
            refusedHere.set(Boolean.TRUE);
            throw new SocketException(refused.refusal().describe());
        }
    }

    /** Whether the last connect of this thread was refused; asked once. */
    boolean wasRefusedHere() {
        if (refusedHere.get() == null) {
            return false;
        }
        refusedHere.remove();
        return true;
    }

    /** A defect must not cost a connection that may be nobody's business. */
    private @Nullable Endpoint governed(InetSocketAddress remote) {
        try {
            return places.of(remote);
        } catch (RuntimeException | LinkageError | StackOverflowError defect) {
            alarm(defect);
            return null;
        }
    }

    private void alarm(Throwable defect) {
        if (alarmed.compareAndSet(false, true)) {
            gate.alarm("connections past the mediated drivers and clients may go unnoticed: judging one failed with "
                    + defect.getClass().getName());
        }
    }

    private void refuse(Opener opener, Endpoint place, @Nullable String named) throws IOException {
        try {
            String why = switch (opener.kind()) {
                        case MEDIATED ->
                            " opens was asked for under another name (" + named
                                    + "), which the target's rules did not see. Use the name that the policy has";
                        case FLAWED ->
                            " opens may be used undecided, since a class of the same driver or client is not woven ("
                                    + opener.flaw() + "). Use a version that Sallyport supports";
                        default -> " opens passes no driver or client that Sallyport mediates. Use one";
                    }
                    + ", or list \"socket:";
            String check = switch (opener.kind()) {
                case MEDIATED -> "alias";
                case FLAWED -> "unwoven";
                default -> "unmediated";
            };
            gate.refuse(
                    command(place),
                    check,
                    "a connection to " + place + " that " + opener.name() + why + opener.name() + "@" + place
                            + "\" under connect.allow in the policy.");
        } catch (RefusedException refused) {
            egress.refused(opener.name(), named);
            refusedHere.set(Boolean.TRUE);
            throw new SocketException(refused.refusal().describe());
        }
    }

    private static ConnectCommand command(Endpoint place) {
        Target target = new Target(Target.Protocol.JDBC, "socket", List.of(place), "", "socket://" + place);
        return new ConnectCommand(target, "socket", Caller.ofCurrentThread(), Map.of(), "");
    }
}
