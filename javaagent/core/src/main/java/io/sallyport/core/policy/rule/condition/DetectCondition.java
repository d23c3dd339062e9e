package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.detect.Detection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code detect}: a detector recognises something in what is sent: a statement's bound parameters or its text, a request's path, query
 * or body.
 */
public record DetectCondition(Detection detection) implements Condition {

    @Override
    public String key() {
        return "detect";
    }

    @Override
    public Subject subject() {
        return Subject.PAYLOAD;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        if (command instanceof SqlCommand sql) {
            return Truth.of(inParameters(sql) || Content.holds(sql.analysis().sql(), "", detection));
        }
        if (!(command instanceof HttpCommand http)) {
            return Truth.NO;
        }
        Truth inHead = Truth.of(inRequest(http));
        return inHead == Truth.YES || http.body() == null ? inHead : BodyContent.holds(http.body(), detection);
    }

    private boolean inParameters(SqlCommand command) {
        for (List<@Nullable Object> parameters : command.parameterSets()) {
            for (int i = 0; i < parameters.size(); i++) {
                if (Content.holds(parameters.get(i), "", detection)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean inRequest(HttpCommand command) {
        if (Content.holds(command.path(), "", detection)) {
            return true;
        }
        for (String reading : command.readings().others()) {
            if (Content.holds(reading, "", detection)) {
                return true;
            }
        }
        for (QueryString.Parameter parameter : QueryString.parse(command.query())) {
            if (Content.holds(parameter.value(), parameter.name(), detection)) {
                return true;
            }
        }
        return false;
    }
}
