package io.sallyport.http.apache5;

import io.sallyport.http.HttpCall;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
        return call.writing(name -> value(request, name));
    }

    private static @Nullable String value(HttpRequest request, String name) {
        List<String> values = new ArrayList<>(1);
        for (Header field : request.getHeaders(name)) {
            values.add(field.getValue() == null ? "" : field.getValue());
        }
        return FieldValues.joined(values);
    }

    /** @param target the host that the connection is made to, whatever the request says */
    static OutgoingRequest of(HttpRequest request, HttpHost target) {
        String scheme = target.getSchemeName() == null ? "http" : target.getSchemeName();
        String host = target.getHostName().indexOf(':') < 0 ? target.getHostName() : "[" + target.getHostName() + "]";
        String path = request.getPath() == null ? "/" : request.getPath();
        URI uri = RequestUri.of(scheme, host, target.getPort(), path);
        return OutgoingRequest.of(request.getMethod(), uri, each -> {
            for (Iterator<Header> fields = request.headerIterator(); fields.hasNext(); ) {
                Header field = fields.next();
                each.accept(field.getName(), field.getValue() == null ? "" : field.getValue());
            }
        });
    }
}
