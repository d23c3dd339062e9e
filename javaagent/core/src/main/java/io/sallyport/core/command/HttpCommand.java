package io.sallyport.core.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request is about to be sent.
 *
 * @param method request method in upper case
 * @param path normalised path: percent-decoded, dot segments and matrix parameters resolved, no double slashes, always starting with
 *     {@code /} (RFC 3986 section 6); see {@link RequestPath#normal}
 * @param query raw query without {@code ?}; empty where there is none
 * @param headers header names in lower case; credentials are present for rules and never recorded
 * @param body what a rule that asks for it reads; {@code null} where there is none or no rule asks
 * @param readings what else the path may be read as
 */
public record HttpCommand(
        Target target,
        String session,
        Caller caller,
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        @Nullable RequestBody body,
        PathReadings readings)
        implements Command {

    /** A request whose path can be read in one way, and whose body no rule asks for. */
    public HttpCommand(
            Target target,
            String session,
            Caller caller,
            String method,
            String path,
            String query,
            Map<String, List<String>> headers) {
        this(target, session, caller, method, path, query, headers, null, PathReadings.NONE);
    }

    public HttpCommand withBody(RequestBody seen) {
        return new HttpCommand(target, session, caller, method, path, query, headers, seen, readings);
    }

    @Override
    public HttpCommand withCaller(Caller other) {
        return new HttpCommand(target, session, other, method, path, query, headers, body, readings);
    }

    @Override
    public String summary() {
        return method + " " + path;
    }
}
