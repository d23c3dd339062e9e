package io.sallyport.controlplane.cli;

import io.sallyport.controlplane.ControlPlane;
import io.sallyport.controlplane.Settings;
import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.controlplane.configuration.ConfigurationFile;
import io.sallyport.controlplane.tls.CertificateFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the control plane until it is told to stop. */
@Command(name = "serve", description = "Runs the control plane.", mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Keys, certificates and the embedded store.")
    private Path data = Path.of(".");

    @Option(
            names = "--port",
            defaultValue = "8443",
            description = "Port, 0 for any free one. Default ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--host", defaultValue = "0.0.0.0", description = "Address to listen on. Default ${DEFAULT-VALUE}.")
    private String host = "0.0.0.0";

    @Option(
            names = "--name",
            paramLabel = "DNS-OR-IP",
            description = "A further name that the certificate is for; may be repeated.")
    private List<String> names = List.of();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "PEM: a certificate of yours for the HTTPS port, then its authorities'. Read again when it changes.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM, PKCS #8: its private key.")
    private @Nullable Path key;

    @Option(names = "--policy", paramLabel = "FILE", description = "Policy for the first start; ignored later.")
    private @Nullable Path policy;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "jdbc:postgresql://… for a shared database; without it the store is embedded.")
    private @Nullable String database;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "YAML: identity providers, roles, notifications. See docs/sso.md.")
    private @Nullable Path configuration;

    @Option(
            names = "--trusted-proxies",
            split = ",",
            paramLabel = "CIDR",
            description = "Balancers in front that append their caller's address to X-Forwarded-For.")
    private List<String> trustedProxies = List.of();

    @Override
    public void run() {
        Settings settings = new Settings(
                data,
                host,
                port,
                names == null ? List.of() : names,
                CertificateFiles.of(certificate, key),
                policy,
                database,
                trustedProxies == null ? AddressRanges.NONE : AddressRanges.of(trustedProxies),
                configuration == null ? Configuration.NONE : ConfigurationFile.read(configuration));
        ControlPlane controlPlane = ControlPlane.start(settings);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            controlPlane.close();
                            ended.countDown();
                        },
                        "shutdown"));
        PrintStream out = System.out;
        Path absolute = data.toAbsolutePath().normalize();
        out.println("CA certificate:   " + absolute.resolve("ca.pem"));
        out.println("admin password:   " + absolute.resolve("admin-password"));
        out.println("admin API token:  " + absolute.resolve("admin-token"));
        out.println("listening on https://localhost:" + controlPlane.port());
        out.flush();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
