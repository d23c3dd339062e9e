package io.sallyport.core.policy.load;

import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.TargetEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The {@code targets} section. */
final class TargetsReader {

    private TargetsReader() {}

    static List<TargetEntry> read(Section root) {
        List<TargetEntry> targets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : root.sections("targets", Shape.TARGET)) {
            String name = section.text("name");
            if (section.has("jdbc") == section.has("http")) {
                section.errorHere("a target has one of jdbc and http");
                continue;
            }
            List<TargetPattern> patterns = section.has("jdbc")
                    ? section.read("jdbc", TargetPattern::jdbc)
                    : section.read("http", TargetPattern::http);
            if (name != null && !names.add(name)) {
                section.error("name", "another target has this name");
            } else if (name != null) {
                // A target whose pattern is wrong is declared all the same; its error is reported once, at the pattern.
                targets.add(new TargetEntry(name, patterns.isEmpty() ? stub(section) : patterns));
            }
        }
        return targets;
    }

    private static List<TargetPattern> stub(Section section) {
        return List.of(section.has("jdbc") ? TargetPattern.jdbc("jdbc:*://*") : TargetPattern.http("https://*"));
    }
}
