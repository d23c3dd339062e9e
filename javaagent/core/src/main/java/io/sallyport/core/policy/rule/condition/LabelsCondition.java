package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.match.Glob;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code labels}: each named label must have one of the values listed for it. */
public record LabelsCondition(Map<String, List<Glob>> labels) implements Condition {

    public LabelsCondition {
        labels = Map.copyOf(labels);
    }

    @Override
    public String key() {
        return "labels";
    }

    @Override
    public Subject subject() {
        return Subject.CALL;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        for (Map.Entry<String, List<Glob>> wanted : labels.entrySet()) {
            String value = identity.labels().get(wanted.getKey());
            if (value == null || wanted.getValue().stream().noneMatch(g -> g.matches(value))) {
                return Truth.NO;
            }
        }
        return Truth.YES;
    }
}
