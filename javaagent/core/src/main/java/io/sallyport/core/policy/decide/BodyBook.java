package io.sallyport.core.policy.decide;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.policy.rule.BodyPlace;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.verdict.Obligations;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The body masks that stand for a caller at one place. Which of them meet a request depends on its path. */
final class BodyBook {

    private record Entry(BoundScope scope, BodyRule rule) {}

    private static final int MOST_PLANS = 256;

    private final List<Entry> entries = new ArrayList<>();
    private final Detectors detectors;
    private final Answer whole;
    private final boolean dependsOnPath;
    private final ConcurrentHashMap<BitSet, Answer> answers = new ConcurrentHashMap<>();

    BodyBook(List<BoundMask> masks, Detectors detectors) {
        this(masks, detectors, null);
    }

    /**
     * @param hash for requests that are written down: what the masks hide of answers is hashed, wherever in the request it stands; {@code null} for
     *     answers
     */
    BodyBook(List<BoundMask> masks, Detectors detectors, @Nullable MaskingFunction hash) {
        this.detectors = detectors;
        boolean paths = false;
        for (BoundMask mask : masks) {
            for (BoundMask.Place place : mask.places) {
                rules(mask, place.place(), hash).forEach(rule -> entries.add(new Entry(place.scope(), rule)));
            }
            if (!mask.rule.detect().isEmpty()) {
                BodyRule detect = new BodyRule.Detect(
                        mask.rule.name(),
                        mask.rule.detect().entities(),
                        hash == null ? mask.rule.with().function() : hash);
                entries.add(new Entry(mask.scope, detect));
            }
        }
        for (Entry entry : entries) {
            paths |= entry.scope.paths() != null;
        }
        this.dependsOnPath = paths;
        this.whole = answer(entries.stream().map(Entry::rule).toList());
    }

    private static List<BodyRule> rules(BoundMask mask, BodyPlace place, @Nullable MaskingFunction hash) {
        String name = mask.rule.name();
        MaskingFunction function = hash == null ? mask.rule.with().function() : hash;
        if (place.kind() == BodyPlace.Kind.KEY) {
            return List.of(new BodyRule.Key(name, place.text(), function));
        }
        BodyRule.Path path = new BodyRule.Path(name, place.text(), function);
        String last = path.lastName();
        // A request has the value elsewhere than the answer that the path is about, but mostly under the same name.
        return hash == null || last == null ? List.of(path) : List.of(path, new BodyRule.Key(name, last, function));
    }

    private Answer answer(List<BodyRule> rules) {
        if (rules.isEmpty()) {
            return Answer.NOTHING;
        }
        BodyMaskPlan plan = BodyMaskers.plan(rules, detectors);
        return Answer.of(
                new Obligations(ColumnMaskPlan.NONE, plan),
                rules.stream().map(BodyRule::rule).distinct().toList(),
                null,
                null);
    }

    Answer answer(HttpCommand command) {
        if (!dependsOnPath) {
            return whole;
        }
        BitSet meeting = new BitSet(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            meeting.set(i, entries.get(i).scope.covers(command) != Truth.NO);
        }
        Answer known = answers.get(meeting);
        if (known != null) {
            return known;
        }
        Answer made = answer(meeting.stream().mapToObj(i -> entries.get(i).rule).toList());
        if (answers.size() < MOST_PLANS) {
            answers.put(meeting, made);
        }
        return made;
    }
}
