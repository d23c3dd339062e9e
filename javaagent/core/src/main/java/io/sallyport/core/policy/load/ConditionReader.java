package io.sallyport.core.policy.load;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.policy.match.Glob;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.policy.match.SegmentGlob;
import io.sallyport.core.policy.rule.condition.CallSiteCondition;
import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.DetectCondition;
import io.sallyport.core.policy.rule.condition.Fact;
import io.sallyport.core.policy.rule.condition.FactCondition;
import io.sallyport.core.policy.rule.condition.GroupsCondition;
import io.sallyport.core.policy.rule.condition.HeaderCondition;
import io.sallyport.core.policy.rule.condition.IdentityCondition;
import io.sallyport.core.policy.rule.condition.KindCondition;
import io.sallyport.core.policy.rule.condition.LabelsCondition;
import io.sallyport.core.policy.rule.condition.MethodCondition;
import io.sallyport.core.policy.rule.condition.NewShapeCondition;
import io.sallyport.core.policy.rule.condition.ParamsCondition;
import io.sallyport.core.policy.rule.condition.PathCondition;
import io.sallyport.core.policy.rule.condition.QueryCondition;
import io.sallyport.core.policy.rule.condition.RateCondition;
import io.sallyport.core.policy.rule.condition.TablesCondition;
import io.sallyport.core.policy.shape.ShapeBook;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys of {@code when} and {@code unless}. */
final class ConditionReader {

    private final Section section;
    private final List<Condition> conditions = new ArrayList<>();

    private ConditionReader(Section section) {
        this.section = section;
    }

    static List<Condition> when(Section rule, ShapeBook shapes, DetectorNames detectors) {
        Section section = rule.section("when", Shape.WHEN);
        if (section == null) {
            return List.of();
        }
        ConditionReader reader = new ConditionReader(section);
        reader.statement(detectors);
        reader.request();
        reader.content(detectors);
        reader.caller();
        reader.newShape(shapes);
        reader.rate();
        if (section.empty()) {
            section.errorHere("'when' is empty; leave it out if the rule is for every call");
        }
        return reader.conditions;
    }

    static List<Condition> unless(Section rule) {
        Section section = rule.section("unless", Shape.UNLESS);
        if (section == null) {
            return List.of();
        }
        ConditionReader reader = new ConditionReader(section);
        reader.caller();
        if (section.empty()) {
            section.errorHere("'unless' is empty; leave it out if the mask always stands");
        }
        return reader.conditions;
    }

    private void statement(DetectorNames detectors) {
        List<StatementKind> kinds = section.choices("kind", Vocabulary.KIND);
        if (!kinds.isEmpty()) {
            conditions.add(new KindCondition(kinds));
        }
        for (Fact fact : Fact.values()) {
            Boolean wanted = section.bool(fact.key());
            if (wanted != null) {
                conditions.add(new FactCondition(fact, wanted));
            }
        }
        Section tables = section.section("tables", Shape.TABLES);
        if (tables != null) {
            if (tables.empty()) {
                tables.errorHere("name tables under read, write or both");
            } else {
                conditions.add(new TablesCondition(
                        tables.read("read", NamePattern::table), tables.read("write", NamePattern::table)));
            }
        }
        params(detectors);
        Condition rows = RowsReader.read(section);
        if (rows != null) {
            conditions.add(rows);
        }
    }

    private void params(DetectorNames detectors) {
        List<ParamsCondition.Test> tests = new ArrayList<>();
        for (Section test : section.oneOrMore("params", Shape.PARAMS)) {
            Section count = test.section("count", Shape.PARAM_COUNT);
            Section list = test.section("inList", Shape.PARAM_COUNT);
            String column = test.text("column");
            if (test.empty()) {
                test.errorHere(
                        "name what is asked of the parameters: index, column, isNull, type, count, inList or detect");
            }
            tests.add(new ParamsCondition.Test(
                    test.number("index", 1, 65_535, 0),
                    column == null ? null : Names.fold(column),
                    test.bool("isNull"),
                    test.texts("type"),
                    count == null ? -1 : count.number("over", 0, 1_000_000, -1),
                    list == null ? -1 : list.number("over", 0, 1_000_000, -1),
                    detectors.read(test)));
        }
        if (!tests.isEmpty()) {
            conditions.add(new ParamsCondition(tests));
        }
    }

    private void request() {
        List<String> methods = section.read("method", ConditionReader::method);
        if (!methods.isEmpty()) {
            conditions.add(new MethodCondition(methods));
        }
        List<SegmentGlob> paths = section.read("path", SegmentGlob::path);
        if (!paths.isEmpty()) {
            conditions.add(new PathCondition(paths));
        }
        Map<String, List<Glob>> query = globs("query", false);
        if (!query.isEmpty()) {
            conditions.add(new QueryCondition(query));
        }
        Map<String, List<Glob>> header = globs("header", true);
        if (!header.isEmpty()) {
            conditions.add(new HeaderCondition(header));
        }
        Condition status = StatusReader.read(section);
        if (status != null) {
            conditions.add(status);
        }
    }

    private static String method(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!Vocabulary.METHODS.contains(upper)) {
            throw new IllegalArgumentException(
                    "unknown method '" + Problem.shown(text) + "'" + Problem.suggestion(upper, Vocabulary.METHODS));
        }
        return upper;
    }

    private void content(DetectorNames detectors) {
        Detection detection = detectors.read(section);
        if (!detection.isEmpty()) {
            conditions.add(new DetectCondition(detection));
        }
    }

    private void caller() {
        List<String> groups = section.texts("groups");
        if (!groups.isEmpty()) {
            conditions.add(new GroupsCondition(groups));
        }
        Map<String, List<Glob>> labels = globs("labels", false);
        if (!labels.isEmpty()) {
            conditions.add(new LabelsCondition(labels));
        }
        Section identity = section.section("identity", Shape.IDENTITY);
        if (identity != null) {
            if (identity.empty()) {
                identity.errorHere("name verified, subject or both");
            } else {
                conditions.add(new IdentityCondition(identity.bool("verified"), identity.read("subject", Glob::of)));
            }
        }
        List<SegmentGlob> sites = section.read("callSite", SegmentGlob::callSite);
        if (!sites.isEmpty()) {
            conditions.add(new CallSiteCondition(sites));
        }
        Condition time = TimeReader.read(section);
        if (time != null) {
            conditions.add(time);
        }
    }

    /** Added late: it learns what meets the other keys. */
    private void newShape(ShapeBook shapes) {
        if (!section.has("newShape")) {
            return;
        }
        Duration learning = Duration.ofDays(1);
        if (section.find("newShape") instanceof Yaml.Mapping) {
            Section shape = section.section("newShape", Shape.NEW_SHAPE);
            if (shape != null) {
                learning = shape.duration("after", Duration.ZERO, Duration.ofDays(365), learning);
            }
        } else if (Boolean.FALSE.equals(section.bool("newShape"))) {
            section.error("newShape", "write true, or {after: 7d}; nothing can be ruled by shapes that are known");
        }
        conditions.add(new NewShapeCondition(shapes, learning));
    }

    /** Added last: it counts what meets the other keys. */
    private void rate() {
        Section rate = section.section("rate", Shape.RATE);
        if (rate != null) {
            conditions.add(new RateCondition(
                    rate.number("over", 1, 10_000_000, 1),
                    rate.duration("per", Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofMinutes(1))));
        }
    }

    /** Names with one glob or a list of globs each. */
    private Map<String, List<Glob>> globs(String key, boolean foldNames) {
        Map<String, List<Glob>> result = new LinkedHashMap<>();
        List<Yaml.Entry> entries = section.entries(key);
        for (Yaml.Entry entry : entries) {
            String name = foldNames ? Section.lower(entry.key()) : entry.key();
            List<String> texts = values(entry, section.path(key));
            if (!texts.isEmpty()) {
                result.put(name, texts.stream().map(Glob::of).toList());
            }
        }
        if (entries.isEmpty() && section.find(key) instanceof Yaml.Mapping) {
            section.error(key, "the mapping is empty and would say nothing");
        }
        return result;
    }

    private List<String> values(Yaml.Entry entry, String path) {
        Yaml value = entry.value();
        if (value instanceof Yaml.Scalar scalar && scalar.type() != Yaml.Type.NULL) {
            // Here a number or a boolean is as good as text: values of labels and parameters have no types.
            return List.of(scalar.text());
        }
        return Scalars.texts(entry.value(), Section.join(path, entry.key()), section.problems());
    }
}
