package io.sallyport.http.apache4;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.http.Header;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/** What the advice of this package calls. The state of a request's wrapper is the call, for as long as it is retried. */
final class ClientCall {

    private static final HttpGate GATE = HttpGate.current();

    private ClientCall() {}

    static HttpCall sending(
            Object exec,
            HttpRoute route,
            HttpRequestWrapper request,
            HttpClientContext context,
            @Nullable HttpExecutionAware execution)
            throws IOException {
        HttpCall call = StateField.get(request, HttpCall.class);
        if (call == null) {
            call = new HttpCall();
            StateField.set(request, call);
        }
        Waiter waiter = waiter(context);
        if (execution != null) {
            execution.setCancellable(() -> {
                waiter.giveUp("the request was aborted");
                return true;
            });
        }
        EntityBody body = EntityBody.of(request);
        try {
            HttpHost proxy = route.isTunnelled() ? null : route.getProxyHost();
            OutgoingRequest sent = outgoing(request, route.getTargetHost())
                    .overSocket()
                    .through(proxy == null ? null : proxy.getHostName(), proxy == null ? -1 : proxy.getPort());
            if (LineBreaks.areSentWith(request)) {
                GATE.refuse(
                        sent,
                        "line-break",
                        "a header field contains a line break, which this version of HttpCore sends as it is; take it"
                                + " out, or use HttpCore 4.4.13 or newer");
            }
            URI named = request.getURI();
            if (named != null && exec.getClass().getName().equals(ClientExecWeave.MINIMAL)) {
                // Sends the path alone, and the URL's host as the one that the server should answer for.
                String host = named.getHost();
                if (host != null && !host.equalsIgnoreCase(route.getTargetHost().getHostName())) {
                    GATE.alsoAt(sent, host, route.getTargetHost().getPort());
                }
            } else {
                GATE.refuseElsewhere(sent, request.getRequestLine().getUri());
            }
            call.decide(sent.with(body), next -> GATE.admit(next, waiter));
            if (body != null) {
                body.replace();
            }
            if (!exec.getClass().getName().equals(ClientExecWeave.MINIMAL)) {
                // That one takes the host out of the target by itself, later.
                call.says(
                        request.getRequestLine().getMethod(),
                        request.getRequestLine().getUri());
            }
            return call;
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    private static Waiter waiter(HttpClientContext context) {
        int limit = context.getRequestConfig().getSocketTimeout();
        return limit > 0 ? new Waiter(Duration.ofMillis(limit)) : Waiter.unlimited();
    }

    private static OutgoingRequest outgoing(HttpRequest request, HttpHost target) {
        URI uri = RequestUri.of(
                target.getSchemeName(),
                target.getHostName(),
                target.getPort(),
                request.getRequestLine().getUri());
        return OutgoingRequest.of(request.getRequestLine().getMethod(), uri, each -> fields(request, each));
    }

    private static void fields(HttpRequest request, BiConsumer<String, String> each) {
        for (Header field : request.getAllHeaders()) {
            each.accept(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
    }

    /** The head of a request is about to be written. HttpCore is also used without the client: then no request has a call. */
    static void writing(Object connection, Object request) throws IOException {
        if (!(request instanceof HttpRequestWrapper wrapper)) {
            refuseUndecided(connection, (HttpRequest) request);
            return;
        }
        HttpCall call = StateField.get(request, HttpCall.class);
        if (call == null) {
            return;
        }
        try {
            String target = wrapper.getRequestLine().getUri();
            if (!call.stillSays(wrapper.getRequestLine().getMethod(), target)) {
                refuseChanged();
            }
            if (call.isSent()) {
                // Within one execution only what a server or a proxy has asked credentials for is sent again.
                call.challenged();
                call.repeated(each -> fields((HttpRequest) request, each));
            }
            call.sendingBy(connection instanceof ManagedHttpClientConnection managed ? managed.getSocket() : null);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    /** On a connection of the client's, which sends but its own requests and those for tunnels: an application's executor sends another. */
    private static void refuseUndecided(Object connection, HttpRequest request) throws IOException {
        if (connection instanceof ManagedHttpClientConnection
                && !request.getRequestLine().getMethod().equalsIgnoreCase("CONNECT")) {
            refuseChanged();
        }
    }

    private static void refuseChanged() throws IOException {
        throw new ProtocolException(
                "Refused by Sallyport: an HttpRequestExecutor sends another request than the one that"
                        + " was decided. Change requests in an interceptor.");
    }

    static void answered(HttpCall call, @Nullable HttpResponse response, @Nullable Throwable thrown)
            throws IOException {
        if (response == null) {
            call.failed(thrown);
            return;
        }
        try {
            MaskedAnswer masked = call.answered(
                    response.getStatusLine().getStatusCode(), name -> HeaderValues.joined(response, name), false);
            if (masked == null || response.getEntity() == null) {
                return;
            }
            masked.untrue(names(response.getAllHeaders())).forEach(response::removeHeaders);
            response.setEntity(new MaskedEntity(response.getEntity(), masked));
        } catch (RefusedException no) {
            ((Closeable) response).close();
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    /** Not a method reference: that one would name the super-interface which {@code Header} has since HttpCore 4.4.13 only. */
    private static List<String> names(Header[] fields) {
        List<String> names = new ArrayList<>(fields.length);
        for (Header field : fields) {
            names.add(field.getName());
        }
        return names;
    }

    /**
     * A request of a client whose answers are not masked here: it is decided like any other, and refused where its answer would have to be
     * looked at.
     */
    static void unmasked(@Nullable HttpHost target, HttpRequest request) throws IOException {
        HttpHost host = target == null ? new HttpHost("unknown") : target;
        OutgoingRequest next = outgoing(request, host)
                .with(request instanceof HttpEntityEnclosingRequest ? OutgoingBody.UNREADABLE : null);
        HttpCall call = new HttpCall();
        try {
            call.decide(next, asked -> GATE.admit(asked, Waiter.unlimited()));
            if (call.isWithheld()) {
                GATE.refuse(
                        next,
                        "unmasked-client",
                        "answers of this target are under a rule, which the clients deprecated since HttpClient 4.3"
                                + " (DefaultHttpClient) cannot keep; build the client by HttpClientBuilder");
            }
            call.ended(null);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }
}
