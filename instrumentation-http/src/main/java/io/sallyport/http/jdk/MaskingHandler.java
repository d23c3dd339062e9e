package io.sallyport.http.jdk;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.Set;

/** Puts a masker between the exchange and the caller's body subscriber. */
final class MaskingHandler<T> implements BodyHandler<T> {

    /** Headers that say something of the body as the server sent it. */
    private static final Set<String> UNTRUE =
            Set.of("content-length", "etag", "digest", "content-digest", "repr-digest", "content-md5", "accept-ranges");

    private final BodyHandler<T> handler;
    private final BodyMaskPlan plan;

    MaskingHandler(BodyHandler<T> handler, BodyMaskPlan plan) {
        this.handler = handler;
        this.plan = plan;
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo info) {
        HttpHeaders headers = info.headers();
        BodyMasker masker = plan.masker(headers.firstValue("content-type").orElse(null));
        if (masker == null) {
            return handler.apply(info);
        }
        if (headers.firstValue("content-encoding")
                .filter(e -> !e.equalsIgnoreCase("identity"))
                .isPresent()) {
            return new MaskingSubscriber<>(handler.apply(info), new EncodedBody());
        }
        return new MaskingSubscriber<>(handler.apply(new Truthful(info)), masker);
    }

    /** A pushed response has no verdict of its own, so a call under masks takes none. */
    static PushPromiseHandler<?> refusingPushes() {
        return (initiating, pushed, acceptor) -> {};
    }

    /** Response info without the headers that masking makes untrue. */
    private record Truthful(ResponseInfo info) implements ResponseInfo {
        @Override
        public int statusCode() {
            return info.statusCode();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(
                    info.headers().map(), (name, value) -> !UNTRUE.contains(name.toLowerCase(Locale.ROOT)));
        }

        @Override
        public HttpClient.Version version() {
            return info.version();
        }
    }
}
