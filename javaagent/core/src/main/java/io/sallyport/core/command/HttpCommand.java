package io.sallyport.core.command;

import java.util.List;
import java.util.Map;

/**
 * One HTTP request is about to be sent.
 *
 * @param method request method in upper case
 * @param path normalised path: percent-decoded once where that is unambiguous, dot segments and matrix parameters resolved, no
 *     double slashes, always starting with {@code /} (RFC 3986 section 6)
 * @param query raw query without {@code ?}; empty where there is none
 * @param headers header names in lower case; credentials are present for rules and never recorded
 */
public record HttpCommand(
        Target target,
        String session,
        Caller caller,
        String method,
        String path,
        String query,
        Map<String, List<String>> headers)
        implements Command {

    @Override
    public HttpCommand withCaller(Caller other) {
        return new HttpCommand(target, session, other, method, path, query, headers);
    }

    @Override
    public String summary() {
        return method + " " + path;
    }
}
