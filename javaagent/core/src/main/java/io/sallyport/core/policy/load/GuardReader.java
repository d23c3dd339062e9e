package io.sallyport.core.policy.load;

import io.sallyport.core.hold.RequesterReason;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.Approval;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.policy.shape.ShapeBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The {@code guard} section. */
final class GuardReader {

    /** Names that decisions without a rule carry in records and refusals. */
    static final Set<String> RESERVED = Set.of("default", "tls");

    private final ScopeReader scopes;
    private final ShapeBook shapes;
    private final DetectorNames detectors;

    GuardReader(ScopeReader scopes, ShapeBook shapes, DetectorNames detectors) {
        this.detectors = detectors;
        this.scopes = scopes;
        this.shapes = shapes;
    }

    List<GuardRule> read(Section root) {
        List<GuardRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : root.sections("guard", Shape.GUARD)) {
            String name = section.text("name");
            if (name != null && RESERVED.contains(name)) {
                section.error("name", "this name stands for a built-in check");
            } else if (name != null && !names.add(name)) {
                section.error("name", "another guard has this name");
            }
            Then then = section.choice("then", Vocabulary.THEN, Then.DENY);
            if (section.has("approval") && then != Then.APPROVE) {
                section.error("approval", "only 'then: approve' asks for approval; this would have no effect");
            }
            if (section.has("override") && then != Then.ALLOW) {
                section.error("override", "only 'then: allow' overrides; this would have no effect");
            }
            rules.add(new GuardRule(
                    name == null ? "" : name,
                    scopes.read(section),
                    ConditionReader.when(section, shapes, detectors),
                    then,
                    section.text("message"),
                    approval(section),
                    section.texts("override"),
                    section.has("mode") ? section.choice("mode", Vocabulary.MODE, Mode.ENFORCE) : null,
                    section.line()));
        }
        return rules;
    }

    private static Approval approval(Section rule) {
        Section section = rule.section("approval", Shape.APPROVAL);
        if (section == null) {
            return Approval.STANDARD;
        }
        Duration wait = section.duration("wait", Duration.ZERO, Duration.ofDays(1), Approval.STANDARD.patience());
        Duration timeout =
                section.duration("timeout", Duration.ofSeconds(1), Duration.ofDays(30), Approval.STANDARD.timeout());
        if (wait.compareTo(timeout) > 0) {
            section.error(
                    section.has("wait") ? "wait" : "timeout",
                    "the caller would wait longer (" + Scalars.show(wait) + ") than the ticket lives ("
                            + Scalars.show(timeout) + ")");
        }
        Approval.Moment at = section.choice("at", Vocabulary.MOMENT, Approval.Moment.EXECUTE);
        if (section.has("commitWait") && at != Approval.Moment.COMMIT) {
            section.error("commitWait", "only 'at: commit' makes a commit wait; this would have no effect");
        }
        List<String> each = section.texts("allOf");
        if (section.has("allOf") && section.has("anyOf")) {
            section.error("allOf", "a rule asks any of some groups or each of them; write two rules for both");
        }
        if (each.stream().distinct().count() != each.size()) {
            section.error("allOf", "names a group twice; 'required' asks for more persons");
        }
        List<String> groups = each.isEmpty() ? section.texts("anyOf") : each;
        return new Approval(
                groups,
                section.number("required", 1, 10, 1),
                isRequired(section, "reason"),
                wait,
                timeout,
                at,
                section.duration(
                        "commitWait", Duration.ofSeconds(1), Duration.ofHours(1), Approval.STANDARD.commitWait()),
                HoursReader.read(section, groups),
                RequesterReason.of(isRequired(section, "requesterReason")),
                !each.isEmpty());
    }

    private static boolean isRequired(Section section, String key) {
        return section.choice(key, Vocabulary.REASON, Vocabulary.Reason.OPTIONAL) == Vocabulary.Reason.REQUIRED;
    }
}
