package io.sallyport.http;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.MediatedPlaces;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the gate on behalf of a client. Thread-safe.
 *
 * <p>Which method a module calls follows from its client: {@link #admit} where the caller's thread may be parked, {@link
 * #admitAsync} where it must not (event loops, dispatcher workers, callers of asynchronous methods), {@link #follow} for a request
 * that the client makes of an admitted one: a redirect, a retry, an authentication round.
 */
public final class HttpGate {

    /** Made when the first woven call arrives, which is after the gate was connected. */
    private static final HttpGate CURRENT = new HttpGate(AgentContext.current());

    /** Of a command that nothing is decided about, and nothing recorded. */
    private static final Function<Target, String> UNASKED = target -> "";

    private final Gate gate;
    private final Function<Target, String> sessions;
    private final MediatedPlaces places;
    private final RelayedRequests relayed;
    private final ServerTruth servers;

    /** Of callers that wait on their own stack, which can be looked at again; where a call goes on elsewhere, its site is taken at once. */
    private final SampledCallSites sites = new SampledCallSites();

    private HttpGate(AgentContext context) {
        this.gate = context.gate();
        this.sessions = gate::session;
        this.places = context.places();
        this.relayed = new RelayedRequests(context);
        this.servers = new ServerTruth(context);
    }

    public static HttpGate current() {
        return CURRENT;
    }

    /** Judges TLS. */
    public ServerTruth servers() {
        return servers;
    }

    /** Decides, and parks the calling thread where people have to approve. */
    public Passage admit(OutgoingRequest request, Waiter waiter) throws RefusedException {
        return open(request, gate.admit(command(request, sites.of(request)), waiter));
    }

    /** Decides without parking: see {@link Gate#admitAsync}; what is refused at once fails the future. */
    public CompletableFuture<Passage> admitAsync(OutgoingRequest request) {
        try {
            return opening(request, gate.admitAsync(command(request)));
        } catch (RefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** The same for a request that was admitted and is decided again: see {@link Gate#admitAgainAsync}. */
    public CompletableFuture<Passage> againAsync(OutgoingRequest request, Passage admitted, boolean sent) {
        try {
            return opening(request, gate.admitAgainAsync(toDecideAgain(request, admitted, sent), admitted, sent));
        } catch (RefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletableFuture<Passage> opening(OutgoingRequest request, CompletableFuture<Passage> admission) {
        if (!request.isHandshake() && request.readings().isEmpty()) {
            return admission;
        }
        CompletableFuture<Passage> opened = admission.thenCompose(passage -> {
            try {
                return CompletableFuture.completedFuture(open(request, passage));
            } catch (RefusedException refused) {
                return CompletableFuture.failedFuture(refused);
            }
        });
        opened.whenComplete((passage, failure) -> admission.cancel(true));
        return opened;
    }

    /**
     * What else is to be said of an admitted request. A server that heeds another method or query sees another request, which has its say too
     * and cannot wait. The messages of a WebSocket are not masked, so that there must not be one where answers have to be.
     */
    private Passage open(OutgoingRequest request, Passage passage) throws RefusedException {
        try {
            for (Overrides.Reading reading : request.readings()) {
                Command asked = passage.command();
                HttpCommand other = whole(request, request.command(target -> asked.session(), asked.caller(), reading));
                Passage seen = reading.host() == null
                        ? gate.admitReading(other, passage)
                        : gate.admitElsewhere(other, passage);
                demandObligations(request, passage, seen);
            }
        } catch (RefusedException refused) {
            passage.failed(refused);
            throw refused;
        }
        if (request.isHandshake() && passage.obligations().bodies() != BodyMaskPlan.NONE) {
            try {
                refuseUnmasked(request);
            } catch (RefusedException refused) {
                passage.failed(refused);
                throw refused;
            }
        }
        return passage;
    }

    /** The connection of an admitted request is no longer HTTP, and a masking rule is about it. */
    public void refuseUnmasked(OutgoingRequest request) throws RefusedException {
        refuse(
                request,
                "websocket",
                "a masking rule is about this target, and messages of a WebSocket are not masked. Ask without one"
                        + " (Kubernetes watches: onlyHttpWatches), or have the call approved with unmasking");
    }

    /** Decides a request that follows from an admitted one; a hold is a refusal here, since its place in the exchange cannot wait. */
    public Passage follow(OutgoingRequest request) throws RefusedException {
        return open(request, gate.admitNested(command(request)));
    }

    /**
     * Decides a request again that was admitted and has the same method and URI still: see {@link Gate#admitAgain}.
     */
    public Passage again(OutgoingRequest request, Passage admitted, boolean sent) throws RefusedException {
        return open(request, gate.admitAgain(toDecideAgain(request, admitted, sent), admitted, sent));
    }

    /**
     * The status of the answer is known, and the caller has nothing of it yet. Every client asks this once for each answer that it
     * would hand out, and passes on the refusal in place of the body.
     */
    public void answered(Passage passage, int status) throws RefusedException {
        AnswerRules rules = passage.obligations().answers();
        Decision decision = rules == AnswerRules.NONE ? null : rules.onStatus(status);
        if (decision != null) {
            gate.exceeded(passage, decision, null);
        }
    }

    /** Whether a rule will ask for the body of this request: for clients that take one only after they were asked to decide. */
    public boolean asksForBody(OutgoingRequest request) {
        Caller caller = Caller.ofCurrentThread();
        return gate.asksForBody(request.command(UNASKED, caller))
                || request.readings().stream()
                        .anyMatch(reading -> gate.asksForBody(request.command(UNASKED, caller, reading)));
    }

    /** A refusal that a module found by itself; see {@link Gate#refuse}. */
    public void refuse(OutgoingRequest request, String check, String message) throws RefusedException {
        gate.refuse(request.command(sessions, CallSites.walked()), check, message);
    }

    /** Refuses a request target that names another host than {@code request}, which says where the connection leads to. */
    public void refuseElsewhere(OutgoingRequest request, String requestTarget) throws RefusedException {
        if (RequestUri.namesAnother(requestTarget, request.uri())) {
            refuse(
                    request,
                    "request-target",
                    "the request target is a whole URL and names another host than the connection leads to; give the"
                            + " client its proxy by its own setting");
        }
    }

    /**
     * The connection of a request leads to another place than its URL names, by a setting of its caller: that place has its say too, and
     * can neither make the request wait nor have its answer masked, so that it is refused where it would.
     */
    public void alsoAt(OutgoingRequest request, String host, int port) throws RefusedException {
        URI uri = request.uri();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        URI there = RequestUri.of(uri.getScheme(), host, port, uri.getRawPath() + query);
        Passage passage = follow(request.at(there));
        if (passage.obligations().bodies() != BodyMaskPlan.NONE) {
            try {
                refuse(
                        request,
                        "address",
                        "the request is sent to another address than its URL names, and a masking rule is about that"
                                + " address; ask for it by the name that the rule has");
            } catch (RefusedException no) {
                passage.failed(no);
                throw no;
            }
        }
        passage.completed(-1);
        mayConnect(request, passage.command());
    }

    /**
     * A connection is asked for before there is a request to decide: it may be made where TLS policy allows it, and what is sent over it is
     * decided like anything else.
     */
    public void connecting(OutgoingRequest anything) throws RefusedException {
        HttpCommand command = anything.command(sessions, CallSites.walked());
        demandTls(anything, command);
        mayConnect(anything, command);
    }

    /** What is admitted is about to be sent: its client may open a connection for it, on threads of its own, to its place or to its proxy. */
    void mayConnect(OutgoingRequest request, Command admitted) {
        for (Endpoint place : admitted.target().endpoints()) {
            places.requested(place);
        }
        Endpoint proxy = request.proxyPlace();
        if (proxy != null) {
            places.requested(proxy);
        }
    }

    /** A connection to a proxy is opened, by which requests go that are admitted, and decided again for the proxy before they are written. */
    public void proxied(String host, int port) {
        places.requested(OutgoingRequest.place(host, port));
    }

    /** A connection is opened for what nobody decides. */
    public void exempt(URI uri) {
        for (Endpoint place : RequestTarget.of(uri, "/").endpoints()) {
            places.requested(place);
        }
    }

    private HttpCommand command(OutgoingRequest request) throws RefusedException {
        return command(request, CallSites.walked());
    }

    /** It stays in the session that it was admitted in. */
    private HttpCommand toDecideAgain(OutgoingRequest request, Passage admitted, boolean sent) throws RefusedException {
        // What was not sent yet is the same call, from the same caller, whose stack need not be walked again.
        Caller caller = sent ? CallSites.walked() : callerOf(admitted);
        return checked(request, request.command(target -> admitted.command().session(), caller));
    }

    /** Its own stack is there to be looked at on its own thread only. */
    private static Caller callerOf(Passage admitted) {
        Caller caller = admitted.command().caller();
        return caller.thread().equals(Thread.currentThread().getName())
                ? caller
                : new Caller(caller.thread(), caller.callSite(), caller.sampled());
    }

    private HttpCommand command(OutgoingRequest request, Caller caller) throws RefusedException {
        return checked(request, request.command(sessions, caller));
    }

    private HttpCommand checked(OutgoingRequest request, HttpCommand command) throws RefusedException {
        demandTls(request, command);
        if (!RequestMethod.isToken(request.method())) {
            refuse(
                    request,
                    "method",
                    "the method is none (RFC 9110), so that a server would read another request than rules can judge");
        }
        if (HostField.namesNoHost(request.uri(), request.fields("host"))) {
            refuse(
                    request,
                    "host",
                    "the field Host is no host with or without a port, so that no rule can tell whom it names");
        }
        return whole(request, command);
    }

    /** The command with its body, where a rule asks for it. */
    private HttpCommand whole(OutgoingRequest request, HttpCommand command) {
        OutgoingBody body = request.body();
        return body != null && gate.asksForBody(command) ? command.withBody(body.read(command.headers())) : command;
    }

    /** An answer is under the obligations of what is sent: what another reading has beside them cannot be met. */
    private void demandObligations(OutgoingRequest request, Passage own, Passage seen) throws RefusedException {
        if (seen.obligations() == Obligations.NONE) {
            return;
        }
        AnswerRules rules = own.obligations().answers();
        AnswerRules more = seen.obligations().answers();
        boolean met = own.masked().containsAll(seen.masked())
                && (own.obligations().bodies() != BodyMaskPlan.NONE
                        || seen.obligations().bodies() == BodyMaskPlan.NONE)
                && IntStream.range(100, 600)
                        .allMatch(status -> more.onStatus(status) == null || rules.onStatus(status) != null);
        if (!met) {
            refuse(
                    request,
                    "method-override",
                    "the request names another method, path or host beside its own, and a rule is about the answers to"
                            + " that; ask for that itself");
        }
    }

    /**
     * A plain-text request under a policy that demands encryption is refused before a connection is made, unless a relay stands before its
     * place and its client can be led there.
     */
    private void demandTls(OutgoingRequest request, HttpCommand command) throws RefusedException {
        if (!RelayedRequests.isPlain(request.uri())
                || !gate.tls(command.target()).demandsEncryption()) {
            return;
        }
        Endpoint relay = relayed.before(request.uri());
        if (relay == null) {
            gate.verifyTls(
                    new ConnectCommand(command.target(), command.session(), command.caller(), Map.of(), ""),
                    request.leadsTo() == null
                            ? TlsFacts.PLAINTEXT
                            : TlsFacts.PLAINTEXT.leadingTo("the proxy " + request.leadsTo()));
        } else if (!request.bySocket()) {
            gate.refuse(
                    command,
                    RelayedRequests.CHECK,
                    "requests to this target go through the relay " + relay
                            + ", and this client connects by channels (java.nio), on which no TLS can be layered. Use"
                            + " a client over java.net.Socket: HttpURLConnection, OkHttp, or Apache's classic"
                            + " HttpClient.");
        }
    }

    /** A request is about to be written: see {@link RelayedRequests#sending} and {@link ServerTruth#sending}. */
    public void sending(URI uri, @Nullable Socket socket) throws RefusedException {
        servers.sending(uri, socket);
        relayed.sending(uri, socket);
    }
}
