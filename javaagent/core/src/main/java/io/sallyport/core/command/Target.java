package io.sallyport.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, after normalising the URL, properties and every listed host. A value: equal by its parts. No record, since it is asked for its
 * hash by each decision and for what people see by each record of a call, and keeps both. Immutable.
 */
public final class Target {

    /** The two protocols that Sallyport mediates. */
    public enum Protocol {
        JDBC,
        HTTP
    }

    private final Protocol protocol;
    private final String vendor;
    private final List<Endpoint> endpoints;
    private final String database;
    private final String url;
    private final List<Endpoint> aliases;
    private final String shown;
    private final int hash;

    /**
     * @param protocol JDBC or HTTP
     * @param vendor for JDBC the URL's sub-protocol ({@code postgresql}, {@code h2}, …); for HTTP the scheme
     * @param endpoints every host that the URL lists, in order; empty for an in-process database
     * @param database database name for JDBC (empty where there is none); empty for HTTP
     * @param url normalised URL without settings, as the driver reads it: what patterns match; people see {@link #shown}
     * @param aliases other names of the same places, which the URL does not say: what restricts a call under one of them counts, what permits it
     *     does not
     */
    public Target(
            Protocol protocol,
            String vendor,
            List<Endpoint> endpoints,
            String database,
            String url,
            List<Endpoint> aliases) {
        this.protocol = protocol;
        this.vendor = vendor;
        this.endpoints = List.copyOf(endpoints);
        this.database = database;
        this.url = url;
        this.aliases = List.copyOf(aliases);
        this.shown = protocol == Protocol.JDBC ? ShownUrl.of(url, endpoints.isEmpty()) : url;
        this.hash = url.hashCode() * 31 + database.hashCode();
    }

    /** A target that is known by what its URL says alone. */
    public Target(Protocol protocol, String vendor, List<Endpoint> endpoints, String database, String url) {
        this(protocol, vendor, endpoints, database, url, List.of());
    }

    public Protocol protocol() {
        return protocol;
    }

    public String vendor() {
        return vendor;
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public String database() {
        return database;
    }

    public String url() {
        return url;
    }

    public List<Endpoint> aliases() {
        return aliases;
    }

    public Target withAliases(List<Endpoint> known) {
        return new Target(protocol, vendor, endpoints, database, url, known);
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
        return shown;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Target that
                        && hash == that.hash
                        && protocol == that.protocol
                        && url.equals(that.url)
                        && database.equals(that.database)
                        && vendor.equals(that.vendor)
                        && endpoints.equals(that.endpoints)
                        && aliases.equals(that.aliases);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return shown;
    }
}
