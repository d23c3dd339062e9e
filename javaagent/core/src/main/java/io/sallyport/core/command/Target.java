package io.sallyport.core.command;

import java.util.List;

/**
 * Where a call goes, after normalising the URL, properties and every listed host.
 *
 * @param protocol JDBC or HTTP
 * @param vendor for JDBC the URL's sub-protocol ({@code postgresql}, {@code h2}, …); for HTTP the scheme
 * @param endpoints every host that the URL lists, in order; empty for an in-process database
 * @param database database name for JDBC (empty where there is none); empty for HTTP
 * @param url normalised URL without settings, as the driver reads it: what patterns match; people see {@link #shown}
 * @param aliases other names of the same places, which the URL does not say: what restricts a call under one of them counts, what permits it
 *     does not
 */
public record Target(
        Protocol protocol,
        String vendor,
        List<Endpoint> endpoints,
        String database,
        String url,
        List<Endpoint> aliases) {

    /** The two protocols that Sallyport mediates. */
    public enum Protocol {
        JDBC,
        HTTP
    }

    public Target {
        endpoints = List.copyOf(endpoints);
        aliases = List.copyOf(aliases);
    }

    /** A target that is known by what its URL says alone. */
    public Target(Protocol protocol, String vendor, List<Endpoint> endpoints, String database, String url) {
        this(protocol, vendor, endpoints, database, url, List.of());
    }

    public Target withAliases(List<Endpoint> known) {
        return new Target(protocol, vendor, endpoints, database, url, known);
    }

    /** Cheap, since every decision looks its target up: a {@code String} keeps its hash, a list does not. */
    @Override
    public int hashCode() {
        return url.hashCode() * 31 + database.hashCode();
    }

    /** Whether the target lives in this process or on a local file and no network is involved. */
    public boolean inProcess() {
        return endpoints.isEmpty();
    }

    /**
     * The URL for records, messages and people: without user information and fragment, wherever they stand. A URL of JDBC has no place for
     * them, so that a driver takes {@code user:password@host} for a host and connects to none; it is matched as what it is, but a
     * person who wrote it meant a password.
     */
    public String shown() {
        return protocol == Protocol.JDBC ? ShownUrl.of(url, inProcess()) : url;
    }
}
