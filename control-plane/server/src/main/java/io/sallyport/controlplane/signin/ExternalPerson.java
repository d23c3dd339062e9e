package io.sallyport.controlplane.signin;

import java.util.List;

/**
 * Who an identity provider says that somebody is.
 *
 * @param source {@code oidc:<name>} or {@code saml:<name>}
 * @param subject the provider's own identifier, which never goes to another person
 * @param name what the person is called here
 */
public record ExternalPerson(String source, String subject, String name, List<String> groups) {

    public ExternalPerson {
        groups = List.copyOf(groups);
    }
}
