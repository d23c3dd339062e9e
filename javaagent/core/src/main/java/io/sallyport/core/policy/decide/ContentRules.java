package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMasks;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.DetectorMask;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.policy.rule.MaskRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The masks with {@code detect}: what detectors find in columns that no column rule masks. Of two rules for a detector the first counts. */
final class ContentRules {

    private record Rule(MaskRule rule, Detection detection) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<BodyRule> text = new ArrayList<>();

    private final Detectors detectors;

    private ContentRules(Detectors detectors) {
        this.detectors = detectors;
    }

    /** @return {@code null} when no rule detects */
    static @Nullable ContentRules of(List<BoundMask> masks, Detectors detectors) {
        ContentRules content = new ContentRules(detectors);
        Set<String> taken = new HashSet<>();
        for (BoundMask mask : masks) {
            Set<String> entities = new HashSet<>(mask.rule.detect().entities());
            entities.removeAll(taken);
            if (!entities.isEmpty()) {
                taken.addAll(entities);
                content.rules.add(new Rule(mask.rule, new Detection(detectors, entities)));
                content.text.add(new BodyRule.Detect(
                        mask.rule.name(), entities, mask.rule.with().function()));
            }
        }
        return content.rules.isEmpty() ? null : content;
    }

    /** The mask of a column; its label is context for the detectors. */
    ColumnMask forLabel(String label) {
        List<ContentMask.Step> steps = new ArrayList<>();
        for (Rule rule : rules) {
            DetectorMask function =
                    new DetectorMask(rule.detection(), label, rule.rule().with().function());
            steps.add(new ContentMask.Step(ColumnMasks.of(rule.rule().name(), function), rule.detection()));
        }
        return new ContentMask(label, List.copyOf(steps), BodyMaskers.plan(text, detectors));
    }
}
