package io.sallyport.controlplane.signin;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import io.sallyport.controlplane.outward.OutwardHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.Set;

/**
 * An issuer's signing keys, fetched when needed: cached for five minutes, asked again for a key id that is not known (rotation; at most
 * twice in half a minute), and kept for four hours while the issuer is away. Only signatures with a public key are taken.
 */
public final class JwtKeys {

    private static final long KEPT_MILLIS = Duration.ofHours(4).toMillis();
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    public static JWSKeySelector<SecurityContext> at(URI jwks, OutwardHttp http) throws IOException {
        return new JWSVerificationKeySelector<>(
                ALGORITHMS,
                JWKSourceBuilder.create(jwks.toURL(), address -> resource(address, http))
                        .outageTolerant(KEPT_MILLIS)
                        .build());
    }

    private static Resource resource(URL address, OutwardHttp http) throws IOException {
        try {
            OutwardHttp.Answer answer = http.get(address.toURI());
            if (answer.status() != 200) {
                throw new IOException("the keys at " + address + " were answered with HTTP " + answer.status());
            }
            return new Resource(answer.body(), answer.contentType());
        } catch (URISyntaxException e) {
            throw new IOException("not an address: " + address, e);
        }
    }

    private JwtKeys() {}
}
