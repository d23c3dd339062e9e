package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks names, roles and groups that administrators type. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,98}");

    static String name(@Nullable String name, String what) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    what
                            + " needs a name of at most 99 letters, digits, spaces and . _ @ + -, starting with a letter or"
                            + " digit");
        }
        return name;
    }

    static boolean valid(String name) {
        return NAME.matcher(name).matches();
    }

    static Set<Grant> grants(@Nullable List<String> roles) {
        Set<Grant> found = new LinkedHashSet<>();
        for (String role : roles == null ? List.<String>of() : roles) {
            found.add(Grant.parse(role)
                    .orElseThrow(() -> new Problem(
                            Problem.Kind.UNPROCESSABLE,
                            "there is no such role; roles are "
                                    + Stream.of(Role.values()).map(Role::text).collect(Collectors.joining(", "))
                                    + ", alone or with labels as in approver@team=payments,env=prod")));
        }
        return found;
    }

    static List<String> groups(@Nullable List<String> groups) {
        List<String> found = groups == null ? List.of() : groups;
        found.forEach(group -> name(group, "a group"));
        return found;
    }

    /** Roles as they are stored; a role that this version does not know gives nothing. */
    static Set<Grant> stored(List<String> names) {
        Set<Grant> grants = new LinkedHashSet<>();
        names.forEach(name -> Grant.parse(name).ifPresent(grants::add));
        return grants;
    }

    static List<String> texts(Set<Grant> grants) {
        return grants.stream()
                .sorted(Comparator.comparing(Grant::role).thenComparing(Grant::text))
                .map(Grant::text)
                .toList();
    }

    private Names() {}
}
