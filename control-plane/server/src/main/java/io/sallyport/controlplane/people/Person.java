package io.sallyport.controlplane.people;

import java.util.List;
import java.util.Set;

/**
 * Who makes a request, authenticated.
 *
 * @param name what counts when distinct persons are demanded; a user and the API tokens of the same name are one person
 * @param via how the person authenticated: {@code session}, or {@code token} and the token's id
 */
public record Person(String name, Set<Role> roles, List<String> groups, String via) {

    public Person {
        roles = Set.copyOf(roles);
        groups = List.copyOf(groups);
    }

    /** Whether the person holds a role, directly or as {@link Role#ADMIN}; everyone is a viewer. */
    public boolean has(Role role) {
        return role == Role.VIEWER || roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Role names in a fixed order. */
    public List<String> roleNames() {
        return roles.stream().sorted().map(Role::text).toList();
    }
}
