package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.match.Glob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code identity}: who runs the process.
 *
 * @param verified whether somebody vouches for it; {@code null}: not asked, and then a subject must be verified to match
 * @param subjects names, with globs; empty: any
 */
public record IdentityCondition(@Nullable Boolean verified, List<Glob> subjects) implements Condition {

    public IdentityCondition {
        subjects = List.copyOf(subjects);
    }

    @Override
    public String key() {
        return "identity";
    }

    @Override
    public Subject subject() {
        return Subject.CALL;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        boolean wanted = verified == null || verified;
        if (identity.verified() != wanted) {
            return Truth.NO;
        }
        boolean named = subjects.isEmpty();
        for (int i = 0; !named && i < subjects.size(); i++) {
            named = subjects.get(i).matches(identity.subject());
        }
        return Truth.of(named);
    }
}
