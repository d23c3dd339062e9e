package io.sallyport.http.apache5;

import io.sallyport.http.HttpCall;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.sallyport.http.SentBody;
import java.net.URI;
import java.util.Iterator;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Translates a request. */
final class ApacheRequest {

    private ApacheRequest() {}

    /** By a route, which may lead to a proxy that reads the request. */
    static OutgoingRequest of(HttpRequest request, HttpRoute route) {
        HttpHost proxy = route.isTunnelled() ? null : route.getProxyHost();
        OutgoingRequest sent = of(request, route.getTargetHost());
        return proxy == null ? sent : sent.through(proxy.getHostName(), proxy.getPort());
    }

    /** The body of {@code request} is about to be written; see {@link HttpCall#writing}. */
    static @Nullable SentBody shown(HttpCall call, HttpRequest request) {
        return call.writing(name -> HeaderValues.joined(request, name));
    }

    /** @param target the host that the connection is made to, whatever the request says */
    static OutgoingRequest of(HttpRequest request, HttpHost target) {
        String scheme = target.getSchemeName() == null ? "http" : target.getSchemeName();
        String path = request.getPath() == null ? "/" : request.getPath();
        URI uri = RequestUri.of(scheme, target.getHostName(), target.getPort(), path);
        return OutgoingRequest.of(request.getMethod(), uri, each -> {
            for (Iterator<Header> fields = request.headerIterator(); fields.hasNext(); ) {
                Header field = fields.next();
                each.accept(field.getName(), field.getValue() == null ? "" : field.getValue());
            }
        });
    }
}
