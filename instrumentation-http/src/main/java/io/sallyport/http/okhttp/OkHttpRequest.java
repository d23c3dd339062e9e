package io.sallyport.http.okhttp;

import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import java.net.URI;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Translates a request. */
final class OkHttpRequest {

    private OkHttpRequest() {}

    static OutgoingRequest of(Request request) {
        return OutgoingRequest.of(request.method(), uri(request.url()), each -> {
                    for (int i = 0; i < request.headers().size(); i++) {
                        each.accept(request.headers().name(i), request.headers().value(i));
                    }
                })
                .overSocket();
    }

    /** Path and query exactly as they are sent; {@code HttpUrl.uri()} may drop characters. */
    private static URI uri(HttpUrl url) {
        String query = url.encodedQuery();
        String sent = url.encodedPath() + (query == null ? "" : "?" + query);
        return RequestUri.of(url.scheme(), url.host(), url.port(), sent);
    }
}
