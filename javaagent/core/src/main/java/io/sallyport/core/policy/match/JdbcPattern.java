package io.sallyport.core.policy.match;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database server: vendor, hosts, database. Drivers of one server family count as one vendor, or the other driver would be a way
 * around the policy.
 */
record JdbcPattern(Glob vendor, List<HostPattern> hosts, Glob database) implements TargetPattern {

    static TargetPattern parse(String text) {
        String url = text.strip();
        int vendorEnd = url.indexOf(':', 5);
        if (!url.regionMatches(true, 0, "jdbc:", 0, 5) || vendorEnd < 6) {
            throw new IllegalArgumentException("a JDBC target is written jdbc:vendor://host/database, with globs");
        }
        String vendor = url.substring(5, vendorEnd);
        String rest = url.substring(vendorEnd + 1);
        int slashes = rest.indexOf("//");
        if (slashes >= 0) {
            return server(vendor, rest.substring(slashes + 2));
        }
        int at = rest.indexOf('@');
        if (vendor.equalsIgnoreCase("oracle") && at >= 0) {
            return server(vendor, oracle(rest.substring(at + 1)));
        }
        if (url.indexOf(';') >= 0 || url.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "connection settings are no part of a target; leave out what follows ';' or '?'");
        }
        return new UrlPattern(Glob.of(url));
    }

    /** {@code host:1521:sid} in the form that other vendors use. */
    private static String oracle(String address) {
        int port = address.indexOf(':');
        int sid = port < 0 ? -1 : address.indexOf(':', port + 1);
        return sid < 0 ? address : address.substring(0, sid) + "/" + address.substring(sid + 1);
    }

    private static JdbcPattern server(String vendor, String rest) {
        int end = 0;
        while (end < rest.length() && "/;?".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        List<HostPattern> hosts = Arrays.stream(rest.substring(0, end).split(",", -1))
                .map(HostPattern::parse)
                .toList();
        return new JdbcPattern(Glob.of(family(vendor)), hosts, database(rest.substring(end)));
    }

    private static Glob database(String tail) {
        String name = tail.startsWith("/") ? tail.substring(1) : "";
        if (tail.startsWith(";")) {
            String setting = tail.substring(1).toLowerCase(Locale.ROOT);
            if (setting.startsWith("databasename=") || setting.startsWith("database=")) {
                name = tail.substring(tail.indexOf('=') + 1);
            } else {
                throw new IllegalArgumentException("of a SQL Server's settings only databaseName is part of a target");
            }
        }
        if (name.indexOf(';') >= 0 || name.indexOf('?') >= 0 || tail.startsWith("?")) {
            throw new IllegalArgumentException(
                    "connection settings are no part of a target; leave out what follows ';' or '?'");
        }
        return name.isEmpty() || name.equals("**") ? Glob.ANY : Glob.of(name);
    }

    private static String family(String vendor) {
        return switch (vendor.toLowerCase(Locale.ROOT)) {
            case "mariadb" -> "mysql";
            case "jtds" -> "sqlserver";
            default -> vendor;
        };
    }

    @Override
    public @Nullable Endpoint place() {
        if (hosts.size() != 1) {
            return null;
        }
        HostPattern host = hosts.get(0);
        Integer port = host.port() >= 0 ? Integer.valueOf(host.port()) : PORTS.get(vendor.toString());
        return port == null || host.host().toString().indexOf('*') >= 0
                ? null
                : new Endpoint(host.host().toString(), port);
    }

    /** Where drivers of a vendor connect when nobody says otherwise. */
    private static final Map<String, Integer> PORTS =
            Map.of("postgresql", 5432, "mysql", 3306, "sqlserver", 1433, "h2", 9092);

    /** Ports that servers of a vendor listen at when nobody says otherwise, without and with TLS. */
    private static final Map<String, Set<Integer>> USUAL_PORTS = Map.of(
            "postgresql", Set.of(5432),
            "mysql", Set.of(3306, 33060),
            "sqlserver", Set.of(1433),
            "oracle", Set.of(1521, 2484),
            "db2", Set.of(50000, 50001),
            "h2", Set.of(9092),
            "hsqldb", Set.of(9001),
            "derby", Set.of(1527));

    @Override
    public boolean listensAt(Endpoint place) {
        Set<Integer> usual = USUAL_PORTS.getOrDefault(vendor.toString(), Set.of());
        for (HostPattern host : hosts) {
            if (host.matches(place, usual)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> hostsFor(Target target) {
        return sameVendorAndDatabase(target)
                ? hosts.stream()
                        .filter(host -> target.endpoints().stream().anyMatch(e -> host.isPort(e.port())))
                        .map(host -> host.host().toString())
                        .toList()
                : List.of();
    }

    private boolean sameVendorAndDatabase(Target target) {
        return target.protocol() == Target.Protocol.JDBC
                && vendor.matches(family(target.vendor()))
                && database.matches(target.database());
    }

    @Override
    public Target.Protocol protocol() {
        return Target.Protocol.JDBC;
    }

    @Override
    public boolean matches(Target target) {
        return sameVendorAndDatabase(target) && HostPattern.any(hosts, target);
    }

    @Override
    public boolean matchesWholly(Target target) {
        return sameVendorAndDatabase(target) && HostPattern.all(hosts, target);
    }

    @Override
    public int specificity() {
        return vendor.literals()
                + database.literals() * 4
                + hosts.stream().mapToInt(HostPattern::specificity).min().orElse(0);
    }
}
