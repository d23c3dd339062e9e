package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;
import java.util.List;

/**
 * {@code status}: the status code of the answer lies in one of the ranges. Known only when the answer arrives, so the rule acts then:
 * {@code deny} gives the caller a refusal in place of the answer, of which it gets nothing; {@code alert} lets it through. The request
 * itself has been sent and has had its effect. People are not asked: the answer is there, and the connection would wait with it.
 */
public record StatusCondition(List<Range> ranges) implements HttpCondition {
    /** Both ends inclusive. */
    public record Range(int from, int to) {}

    public StatusCondition {
        ranges = List.copyOf(ranges);
    }

    @Override
    public String key() {
        return "status";
    }

    /** Every request has an answer; what it is, is asked later. */
    @Override
    public Truth meets(HttpCommand command) {
        return Truth.YES;
    }

    public boolean holds(int status) {
        for (int i = 0; i < ranges.size(); i++) {
            if (status >= ranges.get(i).from() && status <= ranges.get(i).to()) {
                return true;
            }
        }
        return false;
    }
}
