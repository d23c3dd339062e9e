package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.time.WeekWindow;
import java.time.Instant;
import java.util.List;

/** {@code time}: now lies in one of the windows. */
public record TimeCondition(List<WeekWindow> windows) implements Condition {

    public TimeCondition {
        windows = List.copyOf(windows);
    }

    @Override
    public String key() {
        return "time";
    }

    @Override
    public Subject subject() {
        return Subject.CALL;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).contains(now)) {
                return Truth.YES;
            }
        }
        return Truth.NO;
    }
}
