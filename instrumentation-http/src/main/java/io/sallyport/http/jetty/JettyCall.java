package io.sallyport.http.jetty;

import io.sallyport.core.command.RequestBody;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.Framing;
import io.sallyport.http.HeldAdmissions;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.LineBreak;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What is known about one request: its state. Those of one conversation share the call that they are made for. */
final class JettyCall {

    /** Attribute of a conversation, one of whose answers was refused. */
    private static final String REFUSED = "io.sallyport.refused";

    /** Attribute of a conversation: the call that its requests are made for, one after another. */
    private static final String CALL = "io.sallyport.call";

    /** Not exported by its module. */
    private static final String TUNNEL = "org.eclipse.jetty.client.internal.TunnelRequest";

    private final HttpCall requests;
    private volatile @Nullable SentBody body;

    /** Of a request whose length is stated; pieces follow each other. */
    private volatile @Nullable Framing framing;

    private volatile @Nullable CompletableFuture<?> held;
    private volatile @Nullable MaskedAnswer answer;

    /** The one whose content is being read. */
    private volatile @Nullable MaskedAnswer passed;

    /** Why the content of the answer could not be masked to its end. */
    private volatile @Nullable Throwable broken;

    private JettyCall(HttpCall requests) {
        this.requests = requests;
    }

    /** A request that nobody has seen on its way to a connection is a call of its own. */
    private static JettyCall of(Object request) {
        return of(request, HttpCall::new);
    }

    /** What the client sends by itself, with credentials or elsewhere, are requests of one conversation. */
    private static JettyCall of(Object request, HttpConversation conversation) {
        return of(request, () -> {
            if (conversation.getAttribute(CALL) instanceof HttpCall before) {
                return before;
            }
            HttpCall first = new HttpCall();
            conversation.setAttribute(CALL, first);
            return first;
        });
    }

    private static JettyCall of(Object request, Supplier<HttpCall> requests) {
        synchronized (request) {
            JettyCall call = StateField.get(request, JettyCall.class);
            if (call == null) {
                call = new JettyCall(requests.get());
                StateField.set(request, call);
            }
            return call;
        }
    }

    private static OutgoingRequest outgoing(Request request) {
        String path = request.getPath() == null || request.getPath().isEmpty() ? "/" : request.getPath();
        String sent = request.getQuery() == null ? path : path + "?" + request.getQuery();
        URI uri = RequestUri.of(request.getScheme(), request.getHost(), request.getPort(), sent);
        return OutgoingRequest.of(
                        request.getMethod(),
                        uri,
                        each -> request.getHeaders()
                                .forEach(field ->
                                        each.accept(field.getName(), field.getValue() == null ? "" : field.getValue())))
                .with(body(request.getBody()));
    }

    /** The same of a request that is about to be sent. The client writes a path as it was given ({@code Request.path}). */
    private static OutgoingRequest whole(Request request) throws RefusedException {
        OutgoingRequest whole = outgoing(request);
        if (request.getPath() != null && LineBreak.isIn(request.getPath())
                || request.getQuery() != null && LineBreak.isIn(request.getQuery())) {
            HttpGate.current()
                    .refuse(
                            whole,
                            "line-break",
                            "the path contains a line break, behind which its server would read something else; escape it");
        }
        return whole;
    }

    private static OutgoingRequest through(ProxyConfiguration.@Nullable Proxy proxy, OutgoingRequest direct) {
        if (proxy == null) {
            return direct;
        }
        String host = proxy.getAddress().getHost();
        int port = proxy.getAddress().getPort();
        return proxy instanceof HttpProxy ? direct.through(host, port) : direct.carriedBy(host, port);
    }

    private static @Nullable OutgoingBody body(Request.@Nullable Content content) {
        if (content == null) {
            return null;
        }
        return content instanceof ReadContent read ? read.seen() : OutgoingBody.unreadable(content.getLength());
    }

    /** @return whether the exchange is not to be queued now */
    static boolean sending(HttpDestination destination, HttpExchange exchange) {
        Request request = exchange.getRequest();
        if (exchange.getConversation().getAttribute(REFUSED) instanceof IOException refused) {
            request.abort(refused);
            return true;
        }
        JettyCall call = of(request, exchange.getConversation());
        OutgoingRequest next;
        try {
            next = through(destination.getProxy(), whole(request));
        } catch (RefusedException no) {
            request.abort(HttpRefusals.ofSockets(no.refusal()));
            return true;
        }
        Request.Content body = request.getBody();
        if (body != null
                && !(body instanceof ReadContent)
                && !(body instanceof PrefixedContent)
                && body.getLength() <= RequestBody.MOST
                && HttpGate.current().asksForBody(next)) {
            call.read(body, destination, exchange);
            return true;
        }
        call.body = null;
        CompletableFuture<Passage> admission = call.requests.ask(next);
        if (admission == null) {
            return false;
        }
        if (request.getTimeout() > 0) {
            admission.orTimeout(request.getTimeout(), TimeUnit.MILLISECONDS);
        }
        call.held = admission;
        HttpClient client = destination.getHttpClient();
        HeldAdmissions.of(client).add(admission, () -> !client.isRunning());
        admission.whenComplete((passage, failure) -> {
            if (failure == null) {
                call.requests.admitted(next, passage);
                destination.send(exchange);
            } else {
                request.abort(exception(client, request, failure));
            }
        });
        return true;
    }

    /**
     * All fields are there that a request is sent with: what is not as it was decided is decided now, when it can no longer wait. So is a request
     * over a connection that the application holds, which nobody has seen before; the client's own for a tunnel is none of the application's.
     */
    static void normalized(Request request) {
        if (isOfTunnel(request)) {
            return;
        }
        try {
            of(request).requests.decide(whole(request), HttpGate.current()::follow);
        } catch (RefusedException no) {
            request.abort(HttpRefusals.ofSockets(no.refusal()));
        }
    }

    /**
     * The head of a request is about to be written, and the beginning of its body with it: what the application's listeners have changed since
     * it was decided is decided now.
     *
     * @return whether it is refused, of which the callback was told
     */
    static boolean writing(Request request, @Nullable ByteBuffer piece, boolean last, Callback written) {
        if (!isOfTunnel(request)) {
            JettyCall call = of(request);
            call.framing = framing(request);
            try {
                call.requests.decide(whole(request), HttpGate.current()::follow);
            } catch (RefusedException no) {
                written.failed(HttpRefusals.ofSockets(no.refusal()));
                return true;
            }
        }
        return sent(request, piece, last, written);
    }

    /** What an application stated itself, or its content, of which the client writes all; {@code null} where the client states what it writes. */
    private static @Nullable Framing framing(Request request) {
        List<String> lengths = request.getHeaders().getValuesList("Content-Length");
        return lengths.isEmpty() || request.getHeaders().contains("Transfer-Encoding", "chunked")
                ? null
                : Framing.of(lengths, List.of(), false);
    }

    /** Whether the client asks a proxy for a tunnel, to send requests through it that are decided themselves. */
    private static boolean isOfTunnel(Request request) {
        return request.getClass().getName().equals(TUNNEL);
    }

    /** The exchange is offered again once its body is known, or as much of it as rules look at. */
    private void read(Request.Content body, HttpDestination destination, HttpExchange exchange) {
        Request request = exchange.getRequest();
        CompletableFuture<Request.Content> reading = ContentReader.read(body);
        held = reading;
        reading.whenComplete((content, failure) -> {
            if (failure == null) {
                request.body(content);
                destination.send(exchange);
            } else {
                body.fail(failure);
                request.abort(HttpRefusals.cause(failure));
            }
        });
    }

    private static Throwable exception(HttpClient client, Request request, Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        if (refusal != null) {
            return HttpRefusals.ofSockets(refusal);
        }
        if (cause instanceof CancellationException && !client.isRunning()) {
            // As what waits in the client's own queue.
            return new AsynchronousCloseException();
        }
        return cause instanceof TimeoutException
                ? new TimeoutException("Total timeout " + request.getTimeout() + " ms elapsed")
                : cause;
    }

    static void aborted(Object request) {
        JettyCall call = StateField.get(request, JettyCall.class);
        CompletableFuture<?> waiting = call == null ? null : call.held;
        if (waiting != null) {
            waiting.cancel(true);
        }
    }

    /**
     * A piece of the body is about to be written.
     *
     * @return whether it is refused, of which the callback was told
     */
    static boolean sent(Request request, @Nullable ByteBuffer piece, boolean last, Callback written) {
        JettyCall call = of(request);
        Framing counted = call.framing;
        if (counted != null && !(counted.takes(piece == null ? 0 : piece.remaining()) && (!last || counted.ends()))) {
            try {
                Framing.refuse(outgoing(request));
            } catch (RefusedException no) {
                written.failed(HttpRefusals.ofSockets(no.refusal()));
                return true;
            }
        }
        if (piece != null && piece.hasRemaining()) {
            call.show(request, piece);
        }
        return false;
    }

    private void show(Request request, ByteBuffer piece) {
        SentBody shown = body;
        if (shown == null && requests.recordsBody()) {
            shown = requests.writing(
                    name -> FieldValues.joined(request.getHeaders().getValuesList(name)));
            body = shown;
        }
        if (shown != null) {
            shown.add(piece.slice());
        }
    }

    static void answered(HttpExchange exchange) {
        HttpResponse response = exchange.getResponse();
        Request request = exchange.getRequest();
        if (isOfTunnel(request)) {
            return;
        }
        JettyCall call = of(request);
        call.broken = null;
        try {
            if (!call.requests.isAdmitted()) {
                // Of an exchange that was put together by hand, past all that sends.
                call.requests.decide(outgoing(request), HttpGate.current()::follow);
            }
            MaskedAnswer masked = call.requests.answered(
                    response.getStatus(),
                    name -> FieldValues.joined(response.getHeaders().getValuesList(name)),
                    false);
            if (masked != null) {
                masked.untrue(response.getHeaders().getFieldNamesCollection())
                        .forEach(name -> response.headers(fields -> fields.remove(name)));
                call.answer = masked;
            }
        } catch (RefusedException no) {
            IOException refused = HttpRefusals.ofSockets(no.refusal());
            // An answer that leads elsewhere is followed although it was aborted.
            exchange.getConversation().setAttribute(REFUSED, refused);
            response.abort(refused);
        }
    }

    static Content.Source content(@Nullable Response response, Content.Source source) {
        if (response == null) {
            // Listeners that were called by hand.
            return source;
        }
        JettyCall call = of(response.getRequest());
        MaskedAnswer answer = call.answer;
        // Protocol handlers hand on what they have read when they can do nothing about it; that was masked.
        if (answer == null || answer == call.passed) {
            return source;
        }
        call.passed = answer;
        return new MaskedSource(source, answer.masker(), failure -> call.broken = failure);
    }

    /** @return why an answer that was received is none; {@code null} if it is one */
    static @Nullable Throwable broken(@Nullable Response response) {
        JettyCall call = response == null ? null : StateField.get(response.getRequest(), JettyCall.class);
        return call == null ? null : call.broken;
    }

    /** Whether a field behind the body is about the body that the server sent, and not about the masked one. */
    static boolean isUntrue(Response response, HttpField field) {
        MaskedAnswer answer = of(response.getRequest()).answer;
        return answer != null && answer.untrue(field.getName());
    }
}
