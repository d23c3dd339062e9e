package io.sallyport.controlplane.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in besides local passwords.
 *
 * @param roles a group of the identity provider → roles here; the key {@code "*"} stands for everyone who can sign in
 * @param oidc OpenID Connect providers
 * @param saml SAML 2.0 identity providers
 */
public record SignInSettings(Map<String, List<String>> roles, List<Oidc> oidc, List<Saml> saml) {

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    public SignInSettings {
        roles = roles == null ? Map.of() : Map.copyOf(roles);
        oidc = oidc == null ? List.of() : List.copyOf(oidc);
        saml = saml == null ? List.of() : List.copyOf(saml);
    }

    /**
     * One OpenID Connect provider.
     *
     * @param name part of the redirect address, {@code <url>/sign-in/oidc/<name>/callback}
     * @param title on the button; the name when absent
     * @param issuer compared exactly with the discovery document and with each token
     * @param clientSecret {@code env:NAME} or {@code file:PATH}; absent for a public client
     * @param scopes asked for besides {@code openid}; {@code profile email} when absent
     * @param nameClaim what a person is called here; {@code preferred_username} when absent
     * @param groupsClaim list of groups; {@code groups} when absent, dots descend ({@code realm_access.roles})
     * @param ca PEM file, when the provider's certificate is not from a public authority
     */
    public record Oidc(
            String name,
            @Nullable String title,
            URI issuer,
            String clientId,
            @Nullable String clientSecret,
            @Nullable List<String> scopes,
            @Nullable String nameClaim,
            @Nullable String groupsClaim,
            @Nullable Path ca) {}

    /**
     * One SAML 2.0 identity provider.
     *
     * @param name part of the addresses, {@code <url>/sign-in/saml/<name>/acs}
     * @param title on the button; the name when absent
     * @param metadata the provider's metadata (XML file): entity id, sign-on address, signing certificates
     * @param entityId ours; {@code <url>/sign-in/saml/<name>} when absent
     * @param nameAttribute what a person is called here; the NameID when absent
     * @param groupsAttribute attribute with groups; {@code groups} when absent
     */
    public record Saml(
            String name,
            @Nullable String title,
            Path metadata,
            @Nullable String entityId,
            @Nullable String nameAttribute,
            @Nullable String groupsAttribute) {}
}
