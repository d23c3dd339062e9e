package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import java.time.Instant;
import java.util.List;

/** {@code groups}: the verified token names one of the groups. Without a verified token the answer is no. */
public record GroupsCondition(List<String> groups) implements Condition {

    public GroupsCondition {
        groups = List.copyOf(groups);
    }

    @Override
    public String key() {
        return "groups";
    }

    @Override
    public Subject subject() {
        return Subject.CALL;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        if (identity.verified()) {
            for (int i = 0; i < groups.size(); i++) {
                if (identity.groups().contains(groups.get(i))) {
                    return Truth.YES;
                }
            }
        }
        return Truth.NO;
    }
}
