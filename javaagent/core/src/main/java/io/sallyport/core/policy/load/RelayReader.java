package io.sallyport.core.policy.load;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.policy.rule.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code relay} key of a {@code tls} entry: where the relay listens that stands before one server. */
final class RelayReader {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

    /** What a pattern names that is no one server. */
    private static final Endpoint NOWHERE = new Endpoint("", 0);

    private RelayReader() {}

    static @Nullable Endpoint read(Section entry, Scope scope, ScopeReader scopes, Level level) {
        List<Endpoint> named = entry.read("relay", RelayReader::endpoint);
        if (!entry.has("relay")) {
            return null;
        }
        if (named.size() != 1) {
            entry.error("relay", "one relay, as host:port");
            return null;
        }
        if (level.compareTo(Level.REQUIRE) < 0) {
            entry.error("relay", "a relay is gone through from level require upwards");
        }
        for (String key : List.of("roots", "exempt")) {
            if (entry.has(key)) {
                entry.error(
                        key, "the relay's certificate is the control plane's; " + key + " would never be looked at");
            }
        }
        Endpoint relay = named.get(0);
        List<Endpoint> servers = scopes.patterns(scope).stream()
                .map(pattern -> Optional.ofNullable(pattern.place()))
                .map(place -> place.orElse(NOWHERE))
                .filter(place -> !place.equals(relay))
                .distinct()
                .toList();
        if (scope.everywhere() || servers.size() > 1 || servers.contains(NOWHERE)) {
            entry.error(
                    "relay",
                    "a relay serves one server: name a target whose jdbc: pattern has one host, without globs, and a port where"
                            + " the vendor has no usual one, or whose http: pattern begins with http:// (a server at https:// speaks TLS"
                            + " itself) and has a host without globs");
        }
        return relay;
    }

    private static Endpoint endpoint(String text) {
        Matcher m = FORM.matcher(text.strip());
        int port = m.matches() ? Integer.parseInt(m.group(3)) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a relay is written host:port, with an IPv6 address in brackets");
        }
        String host = m.group(1) == null ? m.group(2) : m.group(1);
        return new Endpoint(host.toLowerCase(Locale.ROOT), port);
    }
}
