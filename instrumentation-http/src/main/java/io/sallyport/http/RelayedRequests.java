package io.sallyport.http;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.tls.RelayPlaces;
import io.sallyport.weaving.tls.RelayedSockets;
import io.sallyport.weaving.tls.TlsSessions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests in plain text to a service that a relay stands before. Sockets are led to the relay below the client; what is demanded here is
 * that this was so for the one that a request is written to, which may also lead to a proxy or have been open before. Thread-safe.
 */
final class RelayedRequests {

    static final String CHECK = "relay";

    private final Gate gate;
    private final RelayPlaces places;
    private final RelayedSockets sockets;

    RelayedRequests(AgentContext context) {
        this.gate = context.gate();
        this.places = context.relayPlaces();
        this.sockets = context.relayed();
    }

    static boolean isPlain(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "ws".equalsIgnoreCase(uri.getScheme());
    }

    /** The relay before the place that a URL names, whatever the request says besides; {@code null} where there is none. */
    @Nullable
    Endpoint before(URI uri) {
        for (Endpoint place : RequestTarget.of(uri, "/").endpoints()) {
            Endpoint relay = places.before(place);
            if (relay != null) {
                return relay;
            }
        }
        return null;
    }

    /**
     * A request to {@code uri} is about to be written to that socket, and nothing of it was.
     *
     * @param socket {@code null} where nobody can tell
     * @throws RefusedException where the policy has it go through a relay and the socket, which is closed, does not lead there
     */
    void sending(URI uri, @Nullable Socket socket) throws RefusedException {
        if (!isPlain(uri)) {
            return;
        }
        Target target = RequestTarget.of(uri, "/");
        TlsFacts facts = socket == null ? null : sockets.facts(socket);
        SeenTls.rememberRelay(target, facts);
        if (!gate.tls(target).demandsEncryption()) {
            return;
        }
        Endpoint relay = before(uri);
        TlsFacts plain = relay != null || socket == null ? TlsFacts.PLAINTEXT : TlsSessions.plain(socket);
        if (relay == null && plain.elsewhere() == null) {
            return;
        }
        ConnectCommand connect =
                new ConnectCommand(target, "http-" + UUID.randomUUID(), CallSites.unwalked(), Map.of(), "");
        try {
            if (relay == null) {
                // What was admitted is exempt, by its name: where that is said of the loopback, its socket has to lead
                // there.
                gate.verifyTls(connect, plain);
            } else if (socket != null && facts != null && relay.toString().equals(facts.relay())) {
                if (sockets.isFirstLookAt(socket)) {
                    gate.verifyTls(connect, facts);
                }
            } else {
                gate.refuse(
                        connect,
                        CHECK,
                        "requests to this target go through the relay " + relay
                                + ", and the connection of this one does not: it"
                                + " leads to a proxy, from which the target has to be excepted, or was open before the policy"
                                + " named the relay; then the next request opens another.");
            }
        } catch (RefusedException refused) {
            close(socket);
            throw refused;
        }
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException gone) {
            // Then nothing can be written to it either.
        }
    }
}
