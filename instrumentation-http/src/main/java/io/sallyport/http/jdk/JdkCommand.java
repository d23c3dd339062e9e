package io.sallyport.http.jdk;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.http.CallSites;
import io.sallyport.http.RequestPath;
import io.sallyport.http.RequestTarget;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Translates a request into a command. */
final class JdkCommand {

    private JdkCommand() {}

    static HttpCommand of(String session, HttpRequest request) {
        return of(session, request.uri(), request.method(), request);
    }

    static HttpCommand of(String session, URI uri, String method, HttpRequest request) {
        String path = RequestPath.normalise(uri.getRawPath());
        Target target = RequestTarget.of(uri, path);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new HttpCommand(
                target, session, CallSites.caller(), method.toUpperCase(Locale.ROOT), path, query, headers);
    }
}
