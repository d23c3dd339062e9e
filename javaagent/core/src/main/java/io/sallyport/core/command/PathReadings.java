package io.sallyport.core.command;

import java.util.ArrayList;
import java.util.List;

/**
 * What else servers may take a request's path for. A rule that restricts counts if it meets one of the readings, a rule that permits only if it
 * meets all of them.
 *
 * @param others readings beside {@link HttpCommand#path}, the path as it is sent first, but for escapes that change nothing; none where there is only one way to read it
 * @param complete whether these are all; if not, nobody can tell what a server will make of the path, and it may be any
 */
public record PathReadings(List<String> others, boolean complete) {

    /** Of a path that every server reads alike, as nearly all are. */
    public static final PathReadings NONE = new PathReadings(List.of(), true);

    public PathReadings {
        others = List.copyOf(others);
    }

    /** The same where servers may take the request for one to {@code path} as well. */
    public PathReadings and(RequestPath path) {
        List<String> all = new ArrayList<>(others);
        all.add(path.normal());
        all.addAll(path.readings().others());
        return new PathReadings(all, complete && path.readings().complete());
    }
}
