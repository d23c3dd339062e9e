package io.sallyport.http.jdk;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes nothing of an answer that the policy refuses, and fails the call. */
final class RefusedSubscriber<T> implements BodySubscriber<T> {

    private final ObservedBody<T> body = new ObservedBody<>();

    RefusedSubscriber(IOException refusal) {
        body.completeExceptionally(refusal);
    }

    @Override
    public CompletionStage<T> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        body.cancelOnceObserved(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
