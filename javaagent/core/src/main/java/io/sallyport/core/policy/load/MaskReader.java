package io.sallyport.core.policy.load;

import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.function.MaskingFunctions;
import io.sallyport.core.mask.function.OnWrite;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.policy.rule.BodyPlace;
import io.sallyport.core.policy.rule.KeyEntry;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code mask} section. */
final class MaskReader {

    private final ScopeReader scopes;
    private final WithReader with;
    private final DetectorNames detectors;

    MaskReader(ScopeReader scopes, Map<String, KeyEntry> keys, DetectorNames detectors) {
        this.detectors = detectors;
        this.scopes = scopes;
        this.with = new WithReader(keys);
    }

    List<MaskRule> read(Section root) {
        List<MaskRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : root.sections("mask", Shape.MASK)) {
            String name = section.text("name");
            if (name != null && !names.add(name)) {
                section.error("name", "another mask has this name");
            }
            if (!section.has("columns") && !section.has("body") && !section.has("detect")) {
                section.errorHere("the rule masks nothing: it has none of columns, body and detect");
            }
            rules.add(new MaskRule(
                    name == null ? "" : name,
                    scopes.read(section),
                    section.read("columns", NamePattern::column),
                    bodies(section),
                    detectors.read(section),
                    with.read(section),
                    section.choice("onWrite", Vocabulary.ON_WRITE, OnWrite.REFUSE),
                    ConditionReader.unless(section),
                    section.has("mode") ? section.choice("mode", Vocabulary.MODE, Mode.ENFORCE) : null,
                    section.line()));
        }
        return rules;
    }

    private List<BodyPlace> bodies(Section rule) {
        List<BodyPlace> places = new ArrayList<>();
        for (Section section : rule.oneOrMore("body", Shape.BODY)) {
            List<BodyPlace> before = List.copyOf(places);
            Scope scope = scopes.read(section);
            if (section.has("path") == section.has("key")) {
                section.errorHere("a place in a body has one of path and key");
                continue;
            }
            BodyPlace.Kind kind = section.has("path") ? BodyPlace.Kind.PATH : BodyPlace.Kind.KEY;
            String text = section.text(section.has("path") ? "path" : "key");
            if (text == null) {
                continue;
            }
            if (kind == BodyPlace.Kind.PATH && !isPath(section, text)) {
                continue;
            }
            for (String target : scope.everywhere() ? Collections.<String>singletonList(null) : scope.targets()) {
                BodyPlace place = new BodyPlace(target, kind, text);
                if (before.contains(place)) {
                    section.errorHere("this place is listed twice");
                }
                places.add(place);
            }
        }
        return places;
    }

    private static boolean isPath(Section section, String text) {
        if (!text.startsWith("$") && !text.startsWith("/")) {
            section.error("path", "a path is JSONPath ($.a.b) or XPath (/a/b)");
            return false;
        }
        try {
            return text.equals(new BodyRule.Path("", text, MaskingFunctions.redact()).path());
        } catch (IllegalArgumentException e) {
            section.error("path", Problem.shown(e.getMessage()));
            return false;
        }
    }
}
