package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** Puts a masker between an answer and the chain. */
final class MaskingCallback implements AsyncExecCallback {

    private final AsyncExecCallback chain;
    private final HttpCall requests;

    MaskingCallback(AsyncExecCallback chain, HttpCall requests) {
        this.chain = chain;
        this.requests = requests;
    }

    @Override
    public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails entity)
            throws HttpException, IOException {
        try {
            MaskedAnswer masked = ApacheAnswer.judge(requests, response);
            if (masked == null || entity == null) {
                return chain.handleResponse(response, entity);
            }
            AsyncDataConsumer consumer = chain.handleResponse(response, new MaskedDetails(entity, masked));
            return consumer == null ? null : new MaskingConsumer(consumer, masked, StreamFailure.hasStream(response));
        } catch (RefusedException no) {
            throw StreamFailure.of(HttpRefusals.ofSockets(no.refusal()), StreamFailure.hasStream(response));
        }
    }

    @Override
    public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
        chain.handleInformationResponse(response);
    }

    @Override
    public void completed() {
        chain.completed();
    }

    @Override
    public void failed(Exception cause) {
        requests.failed(cause);
        chain.failed(cause);
    }
}
