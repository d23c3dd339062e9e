package io.sallyport.controlplane.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.sallyport.controlplane.configuration.SecretReference;
import io.sallyport.controlplane.configuration.SignInSettings;
import io.sallyport.controlplane.outward.OutwardHttp;
import io.sallyport.controlplane.signin.SignInException.Reason;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One OpenID Connect provider: authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE S256 and nonce. Nothing is asked of
 * the provider before somebody signs in, so that its absence does not keep the control plane from starting. Thread-safe.
 */
public final class OidcProvider {

    private static final Duration DISCOVERED_FOR = Duration.ofHours(1);

    private final SignInSettings.Oidc settings;
    private final Issuer issuer;
    private final ClientID client;
    private final @Nullable Secret secret;
    private final URI redirect;
    private final OutwardHttp http;
    private final Clock clock;
    private volatile @Nullable Discovered discovered;

    private record Discovered(OIDCProviderMetadata metadata, IDTokenValidator tokens, Instant until) {}

    /** @param publicUrl where browsers reach the control plane */
    public OidcProvider(SignInSettings.Oidc settings, String publicUrl, Clock clock) {
        this.settings = settings;
        this.issuer = new Issuer(settings.issuer());
        this.client = new ClientID(settings.clientId());
        String reference = settings.clientSecret();
        this.secret = reference == null
                ? null
                : new Secret(SecretReference.read(reference, "clientSecret of " + settings.name()));
        this.redirect = URI.create(publicUrl + "/sign-in/oidc/" + settings.name() + "/callback");
        this.http = new OutwardHttp(settings.ca());
        this.clock = clock;
    }

    public String name() {
        return settings.name();
    }

    public String title() {
        String title = settings.title();
        return title == null ? settings.name() : title;
    }

    /** As in {@link ExternalPerson}. */
    public String source() {
        return "oidc:" + settings.name();
    }

    /** Where to send the browser. */
    public URI begin(PendingSignIn pending) throws SignInException {
        Scope scope = new Scope("openid");
        List<String> more = settings.scopes();
        (more == null ? List.of("profile", "email") : more).forEach(scope::add);
        return new AuthenticationRequest.Builder(ResponseType.CODE, scope, client, redirect)
                .endpointURI(discovered().metadata().getAuthorizationEndpointURI())
                .state(new State(pending.state()))
                .nonce(new Nonce(pending.nonce()))
                .codeChallenge(new CodeVerifier(pending.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * Exchanges the code and checks what comes back: signature, issuer, audience, expiry, nonce.
     *
     * @param sentIssuer the {@code iss} of the answer (RFC 9207), if it has one
     */
    public ExternalPerson finish(String code, @Nullable String sentIssuer, PendingSignIn pending)
            throws SignInException {
        if (sentIssuer != null && !sentIssuer.equals(issuer.getValue())) {
            throw new SignInException(Reason.REFUSED, "the answer came from another issuer");
        }
        Discovered provider = discovered();
        OIDCTokenResponse tokens = exchange(code, pending, provider);
        IDTokenClaimsSet token;
        try {
            token = provider.tokens().validate(tokens.getOIDCTokens().getIDToken(), new Nonce(pending.nonce()));
        } catch (BadJOSEException e) {
            throw new SignInException(Reason.REFUSED, "the ID token is not to be trusted: " + e.getMessage(), e);
        } catch (JOSEException e) {
            throw new SignInException(Reason.PROVIDER, "the ID token cannot be checked: " + e.getMessage(), e);
        }
        Map<String, Object> claims = new LinkedHashMap<>(token.toJSONObject());
        String groupsClaim = settings.groupsClaim() == null ? "groups" : settings.groupsClaim();
        if (!ClaimPath.has(claims, groupsClaim)) {
            userInfo(provider, tokens, token.getSubject().getValue()).forEach(claims::putIfAbsent);
        }
        return new ExternalPerson(
                source(), token.getSubject().getValue(), name(claims), ClaimPath.texts(claims, groupsClaim));
    }

    private OIDCTokenResponse exchange(String code, PendingSignIn pending, Discovered provider) throws SignInException {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(pending.verifier()));
        URI endpoint = provider.metadata().getTokenEndpointURI();
        TokenRequest request = secret == null
                ? new TokenRequest(endpoint, client, grant)
                : new TokenRequest(endpoint, new ClientSecretBasic(client, secret), grant);
        try {
            TokenResponse response =
                    OIDCTokenResponseParser.parse(request.toHTTPRequest().send(new NimbusSender(http)));
            if (response.indicatesSuccess()) {
                return (OIDCTokenResponse) response.toSuccessResponse();
            }
            throw new SignInException(
                    Reason.REFUSED,
                    "the provider did not take the code: "
                            + response.toErrorResponse().getErrorObject().getCode());
        } catch (IOException | ParseException e) {
            throw new SignInException(Reason.PROVIDER, "the token endpoint failed: " + e.getMessage(), e);
        }
    }

    /** Some providers keep groups out of the ID token. */
    private Map<String, Object> userInfo(Discovered provider, OIDCTokenResponse tokens, String subject)
            throws SignInException {
        URI endpoint = provider.metadata().getUserInfoEndpointURI();
        if (endpoint == null) {
            return Map.of();
        }
        try {
            OutwardHttp.Answer answer = http.send(
                    endpoint,
                    "GET",
                    Map.of(
                            "Authorization",
                            tokens.getOIDCTokens().getAccessToken().toAuthorizationHeader()),
                    null);
            if (answer.status() != 200) {
                return Map.of();
            }
            Map<String, Object> claims = Wire.json()
                    .readValue(
                            answer.body(), new com.fasterxml.jackson.core.type.TypeReference<Map<String, Object>>() {});
            // OpenID Connect Core 5.3.2: claims about another subject must not be used.
            return subject.equals(claims.get("sub")) ? claims : Map.of();
        } catch (IOException e) {
            throw new SignInException(Reason.PROVIDER, "the userinfo endpoint failed: " + e.getMessage(), e);
        }
    }

    private String name(Map<String, Object> claims) throws SignInException {
        String claim = settings.nameClaim() == null ? "preferred_username" : settings.nameClaim();
        String name = ClaimPath.text(claims, claim);
        if (name == null) {
            throw new SignInException(Reason.REFUSED, "the token has no claim " + claim);
        }
        if (claim.equals("email") && !Boolean.TRUE.equals(claims.get("email_verified"))) {
            throw new SignInException(Reason.REFUSED, "the provider has not verified the e-mail address");
        }
        return name;
    }

    private Discovered discovered() throws SignInException {
        Discovered known = discovered;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.until())) {
            return known;
        }
        try {
            OIDCProviderMetadata metadata = Discovery.of(issuer, http);
            if (metadata.getAuthorizationEndpointURI() == null
                    || metadata.getTokenEndpointURI() == null
                    || metadata.getJWKSetURI() == null) {
                throw new IOException("the discovery document lacks an endpoint");
            }
            known = new Discovered(
                    metadata,
                    new IDTokenValidator(issuer, client, JwtKeys.at(metadata.getJWKSetURI(), http), null),
                    now.plus(DISCOVERED_FOR));
        } catch (IOException e) {
            if (known == null) {
                throw new SignInException(Reason.PROVIDER, "discovery failed: " + e.getMessage(), e);
            }
            known = new Discovered(known.metadata(), known.tokens(), now.plus(Duration.ofMinutes(1)));
        }
        discovered = known;
        return known;
    }
}
