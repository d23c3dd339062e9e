package io.sallyport.controlplane.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Whom a ticket asks when those it asked first do not answer.
 *
 * @param of groups of the tickets that this is for, one of which a ticket must ask; every ticket when absent
 * @param afterSeconds how long the first have; {@code after} in the file
 * @param to groups that may decide from then on too
 */
public record EscalationSettings(
        List<String> of, @JsonProperty("after") int afterSeconds, List<String> to) {

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    public EscalationSettings {
        of = of == null ? List.of() : List.copyOf(of);
        to = to == null ? List.of() : List.copyOf(to);
    }

    /** Whether a ticket that asks these groups is meant. */
    public boolean concerns(List<String> asked) {
        return of.isEmpty() || asked.stream().anyMatch(of::contains);
    }
}
