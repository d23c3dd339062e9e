package io.sallyport.controlplane;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** An OpenID Connect provider that says what a test tells it to say. */
final class ScriptedIdp implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Map<String, String>> requestsByCode = new ConcurrentHashMap<>();
    private volatile ECKey key = newKey();
    private volatile ECKey published = key;
    private volatile String keysAt = "/keys";
    private volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
    private volatile Map<String, String> lastTokenRequest = Map.of();
    private volatile Map<String, Object> userInfo = Map.of();

    ScriptedIdp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, discovery()));
        server.createContext(
                "/keys",
                exchange -> answer(
                        exchange, 200, new JWKSet(published).toPublicJWKSet().toString()));
        server.createContext("/token", this::token);
        server.createContext("/userinfo", exchange -> answer(exchange, 200, Wire.write(userInfo)));
        server.start();
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What the next tokens say. */
    ScriptedIdp saying(UnaryOperator<JWTClaimsSet.Builder> change) {
        claims = change;
        return this;
    }

    void userInfo(Map<String, Object> answer) {
        userInfo = answer;
    }

    /** Says nothing but the truth again. */
    void beHonest() {
        key = published;
        claims = builder -> builder;
        userInfo = Map.of();
    }

    /** Signs with a new key from now on, and publishes only that. */
    void rotate() {
        key = newKey();
        published = key;
    }

    /** The same, with the keys at another address; the old one has none any more. */
    void move() {
        rotate();
        server.removeContext(keysAt);
        keysAt = "/moved" + keysAt;
        server.createContext(
                keysAt,
                exchange -> answer(
                        exchange, 200, new JWKSet(published).toPublicJWKSet().toString()));
    }

    /** Signs with a key that it does not publish. */
    void signWithAnUnpublishedKey() {
        key = newKey();
    }

    Map<String, String> lastTokenRequest() {
        return lastTokenRequest;
    }

    /** What a person's browser does at the provider: takes the request, returns the code. */
    String login(URI authorization) {
        String code = UUID.randomUUID().toString();
        requestsByCode.put(code, form(authorization.getRawQuery()));
        return code;
    }

    /** A token for a workload. */
    String workloadToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(change.apply(workload().subject("system:serviceaccount:shop:orders")), JOSEObjectType.JWT);
    }

    /** What the token endpoint gives to a client for its own credentials (RFC 6749, 4.4), as RFC 9068 has it. */
    String clientCredentialsToken(String client) {
        return sign(workload().subject(client).claim("client_id", client), new JOSEObjectType("at+jwt"));
    }

    private JWTClaimsSet.Builder workload() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("sallyport")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> request =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        lastTokenRequest = request;
        Map<String, String> asked = requestsByCode.remove(String.valueOf(request.get("code")));
        if (asked == null || !challenge(request.get("code_verifier")).equals(asked.get("code_challenge"))) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("sallyport")
                .subject("subject-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", asked.get("nonce"))
                .claim("preferred_username", "alice")
                .claim("groups", List.of("dba"));
        answer(
                exchange,
                200,
                Wire.write(Map.of(
                        "access_token",
                        "access",
                        "token_type",
                        "Bearer",
                        "id_token",
                        sign(claims.apply(builder), JOSEObjectType.JWT))));
    }

    private String sign(JWTClaimsSet.Builder builder, JOSEObjectType type) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(type)
                            .keyID(key.getKeyID())
                            .build(),
                    builder.build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private String discovery() {
        return Wire.write(Map.of(
                "issuer",
                issuer(),
                "authorization_endpoint",
                issuer() + "/authorize",
                "token_endpoint",
                issuer() + "/token",
                "userinfo_endpoint",
                issuer() + "/userinfo",
                "jwks_uri",
                issuer() + keysAt,
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("ES256"),
                "response_types_supported",
                List.of("code")));
    }

    private static String challenge(String verifier) {
        return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                .getValue();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> form(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            found.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
