package io.sallyport.controlplane.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sallyport.controlplane.Problem;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The part of the fleet that a policy version is for until it is promoted.
 *
 * @param labels verified labels that a workload must have, all of them; empty where it is for nobody ({@link #NOWHERE})
 */
public record Stage(@JsonValue Map<String, String> labels) {

    /** Of a version that the store had lost, and which nobody is sent until somebody promotes it. */
    public static final Stage NOWHERE = new Stage(Map.of());

    private static final int MOST = 8;
    private static final int LONGEST = 200;

    public Stage {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** @throws Problem 422 */
    public static Stage of(Map<String, String> labels) {
        boolean usable = !labels.isEmpty()
                && labels.size() <= MOST
                && labels.entrySet().stream().allMatch(label -> usable(label.getKey()) && usable(label.getValue()));
        if (!usable) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "stage takes 1 to " + MOST
                            + " labels with their values, {\"env\": \"canary\"}; leave it out for the whole fleet");
        }
        return new Stage(labels);
    }

    @SuppressWarnings("RedundantNullCheck") // Jackson puts null where JSON has it.
    private static boolean usable(String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST;
    }

    public boolean covers(Map<String, String> workload) {
        return !labels.isEmpty() && workload.entrySet().containsAll(labels.entrySet());
    }

    /** {@code env=canary, region=eu}. */
    public String text() {
        return labels.isEmpty()
                ? "no workload"
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
    }
}
