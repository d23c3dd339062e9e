package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.PathReadings;
import io.sallyport.core.policy.match.SegmentGlob;
import java.util.List;

/**
 * {@code path}: the normalised path of the request. {@link Truth#UNKNOWN} where only some of its readings match, or a pattern only without
 * regard to case: some server would take the request for what the rule means.
 */
public record PathCondition(List<SegmentGlob> patterns) implements HttpCondition {

    public PathCondition {
        patterns = List.copyOf(patterns);
    }

    @Override
    public String key() {
        return "path";
    }

    @Override
    public Truth meets(HttpCommand command) {
        Truth own = of(command.path());
        PathReadings readings = command.readings();
        if (readings == PathReadings.NONE) {
            return own;
        }
        List<String> others = readings.others();
        for (int i = 0; i < others.size(); i++) {
            if (of(others.get(i)) != own) {
                return Truth.UNKNOWN;
            }
        }
        return readings.complete() ? own : Truth.UNKNOWN;
    }

    private Truth of(String path) {
        Truth best = Truth.NO;
        for (int i = 0; i < patterns.size(); i++) {
            SegmentGlob pattern = patterns.get(i);
            if (pattern.resembles(path)) {
                if (pattern.matches(path)) {
                    return Truth.YES;
                }
                best = Truth.UNKNOWN;
            }
        }
        return best;
    }
}
