package io.sallyport.controlplane.people;

import java.util.Locale;
import java.util.Optional;

/** What a person may do. Every person may look; {@link #ADMIN} may do everything. */
public enum Role {
    VIEWER,
    AUDITOR,
    APPROVER,
    /** May let a call run past its rules, alone and in sight of everyone. */
    BREAKGLASS,
    AUTHOR,
    ADMIN;

    /** Name in JSON and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> parse(String text) {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
