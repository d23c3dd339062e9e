package io.sallyport.controlplane.signin;

import java.time.Instant;

/**
 * A sign-in under way.
 *
 * @param source as in {@link ExternalPerson}
 * @param state goes through the provider and comes back
 * @param nonce has to stand in what the provider signs: the OIDC nonce, or the SAML request's id
 * @param verifier PKCE code verifier (RFC 7636); empty for SAML
 */
public record PendingSignIn(String source, String state, String nonce, String verifier, Instant begun) {}
