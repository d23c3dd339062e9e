package io.sallyport.http;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.HttpCommand;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A request as its client is about to send it. Immutable.
 *
 * @param method in any case
 * @param uri absolute: scheme, host, raw path and query as they will be sent
 * @param headers names in lower case
 */
public record OutgoingRequest(String method, URI uri, Map<String, List<String>> headers) {

    public OutgoingRequest {
        method = method.toUpperCase(Locale.ROOT);
    }

    /**
     * For clients that iterate over header fields.
     *
     * @param each calls what it is given once per field, with name and value
     */
    public static OutgoingRequest of(String method, URI uri, Consumer<BiConsumer<String, String>> each) {
        Map<String, List<String>> headers = new TreeMap<>();
        each.accept(
                (name, value) -> headers.merge(name.toLowerCase(Locale.ROOT), List.of(value), OutgoingRequest::both));
        return new OutgoingRequest(method, uri, headers);
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    HttpCommand command(String session, Caller caller) {
        String path = RequestPath.normalise(uri.getRawPath());
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return new HttpCommand(RequestTarget.of(uri, path), session, caller, method, path, query, headers);
    }
}
