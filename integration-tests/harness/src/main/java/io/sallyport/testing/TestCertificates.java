package io.sallyport.testing;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A CA and a server certificate for {@code localhost}, 127.0.0.1 and ::1, as PEM files.
 *
 * @param authority the CA itself, whose clients the server knows
 * @param ca the CA's certificate
 * @param certificate the server's certificate
 * @param key the server's private key, mode 0600
 */
public record TestCertificates(TestAuthority authority, Path ca, Path certificate, Path key) {

    public static TestCertificates create(Path directory) throws IOException {
        TestAuthority authority = TestAuthority.create("Sallyport test database CA");
        IssuedCertificate server = authority.server("localhost", "127.0.0.1", "::1");
        return new TestCertificates(
                authority,
                authority.writeTo(directory.resolve("ca.pem")),
                server.writeCertificate(directory.resolve("server.crt")),
                server.writeKey(directory.resolve("server.key")));
    }
}
