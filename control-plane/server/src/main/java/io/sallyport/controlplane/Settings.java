package io.sallyport.controlplane;

import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.controlplane.tls.CertificateFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator chooses when starting the control plane.
 *
 * @param data directory for keys, certificates and the embedded store; created when missing
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param names further DNS names or IP addresses that the server's certificate is for
 * @param certificate what the HTTPS port shows; {@code null} for one of the control plane's own authority
 * @param policy policy file for the first start; ignored once a policy is stored
 * @param database JDBC URL of a PostgreSQL database; {@code null} for the embedded store
 * @param trustedProxies whose word on a caller's address is taken
 * @param configuration the settings file
 */
public record Settings(
        Path data,
        String host,
        int port,
        List<String> names,
        @Nullable CertificateFiles certificate,
        @Nullable Path policy,
        @Nullable String database,
        AddressRanges trustedProxies,
        Configuration configuration) {

    public Settings {
        names = List.copyOf(names);
    }

    /** Without a settings file or proxies. */
    public Settings(
            Path data, String host, int port, List<String> names, @Nullable Path policy, @Nullable String database) {
        this(data, host, port, names, null, policy, database, AddressRanges.NONE, Configuration.NONE);
    }
}
