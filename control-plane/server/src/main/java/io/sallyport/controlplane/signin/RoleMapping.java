package io.sallyport.controlplane.signin;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.people.Grant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which roles the groups of an identity provider give. Immutable. */
public final class RoleMapping {

    private static final String EVERYONE = "*";

    private final Map<String, List<String>> rolesByGroup;

    /** @throws StartFailure for a role that does not exist */
    public RoleMapping(Map<String, List<String>> rolesByGroup) {
        rolesByGroup.forEach((group, roles) -> roles.forEach(role -> {
            if (Grant.parse(role).isEmpty()) {
                throw new StartFailure(
                        "settings: signIn.roles." + group + " names the role " + role
                                + "; roles are viewer, auditor, approver, author and admin, alone or as approver@team=payments");
            }
        }));
        this.rolesByGroup = Map.copyOf(rolesByGroup);
    }

    /** Role texts, without duplicates. */
    public List<String> rolesOf(List<String> groups) {
        Set<String> roles = new LinkedHashSet<>(rolesByGroup.getOrDefault(EVERYONE, List.of()));
        groups.forEach(group -> roles.addAll(rolesByGroup.getOrDefault(group, List.of())));
        return new ArrayList<>(roles);
    }
}
