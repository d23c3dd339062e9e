package io.sallyport.core.policy.match;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP service: host and path. The scheme is read and not compared: a service does not stop being governed because somebody
 * calls it by {@code http:}; what encryption it must have is said under {@code tls}.
 *
 * @param plain whether the pattern is written {@code http:}
 */
record HttpPattern(HostPattern host, SegmentGlob paths, boolean plain) implements TargetPattern {

    private static final Set<Integer> USUAL_PORTS = Set.of(80, 443);

    private static final Pattern FORM = Pattern.compile("(?i)(https?|\\*)://([^/?#]+)(/[^?#]*)?");

    static HttpPattern parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "an HTTP target is written https://host[:port]/path, with globs and without query");
        }
        String path = m.group(3);
        return new HttpPattern(
                HostPattern.parse(m.group(2)),
                SegmentGlob.path(path == null || path.equals("/") ? "/**" : path),
                m.group(1).equalsIgnoreCase("http"));
    }

    @Override
    public Target.Protocol protocol() {
        return Target.Protocol.HTTP;
    }

    @Override
    public boolean matches(Target target) {
        return target.protocol() == Target.Protocol.HTTP && HostPattern.any(List.of(host), target);
    }

    @Override
    public boolean matchesWholly(Target target) {
        return target.protocol() == Target.Protocol.HTTP && HostPattern.all(List.of(host), target);
    }

    @Override
    public boolean listensAt(Endpoint place) {
        return host.matches(place, USUAL_PORTS);
    }

    @Override
    public boolean listsAddress(Endpoint place) {
        return host.isOfAddresses() && listensAt(place);
    }

    /** Only of {@code http:}: a service that speaks TLS itself has no use for what the place is asked for. */
    @Override
    public @Nullable Endpoint place() {
        return plain ? host.place(80) : null;
    }

    @Override
    public @Nullable SegmentGlob path() {
        return paths.literals() <= 1 ? null : paths;
    }

    @Override
    public int specificity() {
        return host.specificity() + paths.literals();
    }
}
