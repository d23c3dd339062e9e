package io.sallyport.controlplane.people;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A role, everywhere or over some workloads only. Text form: {@code approver}, or {@code approver@team=payments,env=prod}.
 *
 * @param labels verified labels that a workload must have; empty for the whole fleet
 */
public record Grant(Role role, Map<String, String> labels) {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,98}");

    public Grant {
        labels = Map.copyOf(labels);
    }

    public static Optional<Grant> parse(String text) {
        int at = text.indexOf('@');
        Optional<Role> role = Role.parse(at < 0 ? text : text.substring(0, at));
        Map<String, String> labels = new TreeMap<>();
        for (String pair : at < 0 ? new String[0] : text.substring(at + 1).split(",", -1)) {
            String[] parts = pair.split("=", -1);
            if (parts.length != 2
                    || !PART.matcher(parts[0]).matches()
                    || !PART.matcher(parts[1]).matches()
                    || labels.put(parts[0], parts[1]) != null) {
                return Optional.empty();
            }
        }
        return role.map(found -> new Grant(found, labels));
    }

    public String text() {
        return labels.isEmpty()
                ? role.text()
                : role.text()
                        + new TreeMap<>(labels)
                                .entrySet().stream()
                                        .map(label -> label.getKey() + "=" + label.getValue())
                                        .collect(Collectors.joining(",", "@", ""));
    }

    /** Whether it is for the whole fleet. */
    boolean everywhere() {
        return labels.isEmpty();
    }

    boolean covers(Map<String, String> workload) {
        return workload.entrySet().containsAll(labels.entrySet());
    }

    /** Whether it gives a role, as itself or as {@link Role#ADMIN}; each gives {@link Role#VIEWER}. */
    boolean gives(Role wanted) {
        return wanted == Role.VIEWER || role == wanted || role == Role.ADMIN;
    }
}
