package io.sallyport.core.policy.load;

import io.sallyport.core.hold.ApproverHours;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code approval.hours}: when which approvers may decide. */
final class HoursReader {

    private HoursReader() {}

    /**
     * @param asked the groups of {@code anyOf} or {@code allOf}
     * @return {@code null} where approvers are bound to no time
     */
    static @Nullable ApproverHours read(Section approval, List<String> asked) {
        List<ApproverHours.Span> spans = new ArrayList<>();
        for (Section section : approval.oneOrMore("hours", Shape.HOURS)) {
            if (!section.has("days") && !section.has("from")) {
                section.errorHere("name days, from and to, or both");
            }
            List<String> groups = section.texts("groups");
            for (String group : groups) {
                if (!asked.contains(group)) {
                    section.error(
                            "groups",
                            "'" + Problem.shown(group) + "' is none of the groups of "
                                    + (approval.has("allOf") ? "allOf" : "anyOf") + "; this would have no effect");
                }
            }
            spans.add(new ApproverHours.Span(groups, TimeReader.window(section)));
        }
        if (approval.has("hours") && spans.isEmpty()) {
            approval.error("hours", "name a window, or leave hours out");
        }
        return spans.isEmpty() ? null : new ApproverHours(spans);
    }
}
