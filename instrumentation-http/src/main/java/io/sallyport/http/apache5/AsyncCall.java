package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.weaving.StateField;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpRequest;

/** What is known about a call of the asynchronous client: the state of its runtime. */
final class AsyncCall {

    private static final HttpGate GATE = HttpGate.current();

    private AsyncCall() {}

    static HttpCall of(AsyncExecChain.Scope scope) {
        Object runtime = scope.execRuntime;
        synchronized (runtime) {
            HttpCall call = StateField.get(runtime, HttpCall.class);
            if (call == null) {
                call = new HttpCall();
                StateField.set(runtime, call);
            }
            return call;
        }
    }

    /** A connection is there: what has been changed since the decision is decided anew, and cannot wait. */
    static Object[] sending(HttpRequest request, AsyncExecChain.Scope scope, AsyncExecCallback callback) {
        HttpCall requests = of(scope);
        try {
            OutgoingRequest sent = ApacheRequest.of(request, scope.route.getTargetHost());
            GATE.refuseElsewhere(sent, request.getPath() == null ? "/" : request.getPath());
            requests.decide(sent, GATE::follow);
            return new Object[] {null, new MaskingCallback(callback, requests)};
        } catch (RefusedException no) {
            callback.failed(HttpRefusals.ofSockets(no.refusal()));
            return new Object[] {callback, callback};
        }
    }
}
