package io.sallyport.core.hold;

import io.sallyport.core.time.WeekWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When the approvers of one rule may decide: members of a group that some span is for only within such a span, others at any time. Who
 * asks decides when that is: the control plane, by its own clock, at the moment of the decision.
 */
public record ApproverHours(List<Span> spans) {

    /** Stands for approvers of a ticket that names no group. */
    public static final String ANYONE = "";

    /** @param groups whom it is for; empty: everyone */
    public record Span(List<String> groups, WeekWindow window) {

        public Span {
            Objects.requireNonNull(window);
            groups = List.copyOf(groups);
        }

        private boolean isFor(String group) {
            return groups.isEmpty() || groups.contains(group);
        }

        /** {@code dba Mon–Fri 09:00–18:00 Europe/Paris}. */
        public String inWords() {
            return (groups.isEmpty() ? "" : String.join(", ", groups) + " ") + window.inWords();
        }
    }

    public ApproverHours {
        spans = List.copyOf(spans);
    }

    /** Whether members of a group may decide now, by every rule's hours. */
    public static boolean open(List<ApproverHours> all, String group, Instant now) {
        return all.stream().allMatch(hours -> hours.open(group, now));
    }

    private boolean open(String group, Instant now) {
        boolean bound = false;
        for (Span span : spans) {
            if (span.isFor(group)) {
                bound = true;
                if (span.window().contains(now)) {
                    return true;
                }
            }
        }
        return !bound;
    }

    /**
     * When somebody may decide again.
     *
     * @param groups those that a ticket asks; empty: everyone
     * @return {@code null} where somebody may now, or where nobody ever may
     */
    public static @Nullable Instant opens(List<ApproverHours> all, List<String> groups, Instant now) {
        List<String> asked = groups.isEmpty() ? List.of(ANYONE) : groups;
        if (someoneMay(all, asked, now)) {
            return null;
        }
        // Nothing opens between two starts. The hours of two rules may meet only days from now, or never.
        List<Instant> starts = new ArrayList<>();
        for (ApproverHours hours : all) {
            for (Span span : hours.spans()) {
                Instant start = now;
                for (int i = 0; i < 7; i++) {
                    start = span.window().opens(start);
                    starts.add(start);
                }
            }
        }
        return starts.stream()
                .sorted()
                .filter(start -> someoneMay(all, asked, start))
                .findFirst()
                .orElse(null);
    }

    private static boolean someoneMay(List<ApproverHours> all, List<String> groups, Instant now) {
        return groups.stream().anyMatch(group -> open(all, group, now));
    }

    /** One line a span. */
    public static List<String> inWords(List<ApproverHours> all) {
        return all.stream()
                .flatMap(hours -> hours.spans().stream())
                .map(Span::inWords)
                .distinct()
                .toList();
    }
}
