package io.sallyport.controlplane.people;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, authenticated.
 *
 * @param name what counts when distinct persons are demanded; a user and the API tokens of the same name are one person, as are
 *     spellings of one name; compare with {@link #isNamed} and {@link #isOneWith}
 * @param grants roles; without any, a person may look at everything
 * @param via how the person authenticated: {@code session}, or {@code token} and the token's id
 * @param vouchedBy who made the token that is all this person has shown; {@code null} where the person made it, or signed in
 */
public record Person(
        String name,
        Set<Grant> grants,
        List<String> groups,
        String via,
        @Nullable String vouchedBy) {

    private static final String TOKEN = "token ";

    /** How a person authenticates with an API token. */
    static String viaToken(String id) {
        return TOKEN + id;
    }

    public Person(String name, Set<Grant> grants, List<String> groups, String via) {
        this(name, grants, groups, via, null);
    }

    public Person {
        grants = Set.copyOf(grants);
        groups = List.copyOf(groups);
    }

    /** Whether a name is this person's, in whatever capitals it is written; see {@link PersonName}. */
    public boolean isNamed(String other) {
        return PersonName.same(name, other);
    }

    /** Whether a name is this person's, or that of whoever vouches for them: a token's maker has its secret. */
    public boolean isOneWith(String other) {
        return isNamed(other) || vouchedBy != null && PersonName.same(vouchedBy, other);
    }

    /** Whether the person is here themselves, and not whoever has the secret of a token that bears their name. */
    public boolean hasSignedIn() {
        return via.equals("session");
    }

    /** The id of the API token that the person showed; {@code null} where they showed none. */
    public @Nullable String token() {
        return via.startsWith(TOKEN) ? via.substring(TOKEN.length()) : null;
    }

    /** Who is answerable for what this person makes. */
    public String root() {
        return vouchedBy == null ? name : vouchedBy;
    }

    /** Whether the person holds a role anywhere; everyone is a viewer of something. */
    public boolean has(Role role) {
        return role == Role.VIEWER || grants.stream().anyMatch(grant -> grant.gives(role));
    }

    /** Whether the person holds a role over the whole fleet. */
    public boolean hasEverywhere(Role role) {
        return role == Role.VIEWER && grants.isEmpty()
                || grants.stream().anyMatch(grant -> grant.everywhere() && grant.gives(role));
    }

    /** Whether the person holds a role over a workload with these verified labels. */
    public boolean hasOver(Role role, Map<String, String> labels) {
        return role == Role.VIEWER && grants.isEmpty()
                || grants.stream().anyMatch(grant -> grant.gives(role) && grant.covers(labels));
    }

    /** Whether another look at the same person found the same roles with the same reach. */
    public boolean reachesAs(Person now) {
        return isNamed(now.name) && grants.equals(now.grants);
    }

    /** Names of the roles, wherever they hold, in a fixed order. */
    public List<String> roleNames() {
        return grants.stream()
                .map(Grant::role)
                .distinct()
                .sorted()
                .map(Role::text)
                .toList();
    }

    /** Roles with their reach, in a fixed order. */
    public List<String> grantTexts() {
        return Names.texts(grants);
    }
}
