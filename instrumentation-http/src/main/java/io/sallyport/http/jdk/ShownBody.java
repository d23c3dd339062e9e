package io.sallyport.http.jdk;

import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * The body of a request of which a record is made as it is sent, each time that the client sends it. Nobody but the client sees it: requests show
 * the publisher that the application gave them.
 */
final class ShownBody implements BodyPublisher {

    private final BodyPublisher publisher;
    private final JdkCall call;

    private ShownBody(BodyPublisher publisher, JdkCall call) {
        this.publisher = publisher;
        this.call = call;
    }

    /** The request to send: the same, where bodies are not recorded. */
    static HttpRequest in(HttpRequest request, JdkCall call) {
        BodyPublisher publisher = request.bodyPublisher().orElse(null);
        return publisher == null || publisher.contentLength() == 0 || !call.requests.recordsBody()
                ? request
                : HttpRequest.newBuilder(request, (name, value) -> true)
                        .method(request.method(), new ShownBody(publisher, call))
                        .build();
    }

    /** What an application gets of a request that the client made. */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    static Optional<BodyPublisher> applications(Optional<BodyPublisher> publisher) {
        return publisher.isPresent() && publisher.get() instanceof ShownBody ours
                ? Optional.of(ours.publisher)
                : publisher;
    }

    @Override
    public long contentLength() {
        return publisher.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> client) {
        SentBody body = call.requests.writing(
                name -> FieldValues.joined(call.latest().headers().allValues(name)));
        publisher.subscribe(body == null ? client : new Showing(client, body));
    }

    private record Showing(Flow.Subscriber<? super ByteBuffer> client, SentBody body)
            implements Flow.Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            client.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (piece != null) {
                body.add(piece);
            }
            client.onNext(piece);
        }

        @Override
        public void onError(Throwable cause) {
            client.onError(cause);
        }

        @Override
        public void onComplete() {
            client.onComplete();
        }
    }
}
