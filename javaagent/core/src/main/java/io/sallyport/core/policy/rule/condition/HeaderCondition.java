package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.policy.match.Glob;
import java.util.List;
import java.util.Map;

/**
 * {@code header}: each named header is present with a value that matches one of the globs.
 *
 * @param headers by name in lower case
 */
public record HeaderCondition(Map<String, List<Glob>> headers) implements HttpCondition {

    public HeaderCondition {
        headers = Map.copyOf(headers);
    }

    @Override
    public String key() {
        return "header";
    }

    @Override
    public Truth meets(HttpCommand command) {
        return Truth.of(holds(command));
    }

    private boolean holds(HttpCommand command) {
        for (Map.Entry<String, List<Glob>> wanted : headers.entrySet()) {
            List<String> values = command.headers().get(wanted.getKey());
            if (values == null
                    || values.stream().noneMatch(v -> wanted.getValue().stream().anyMatch(g -> g.matches(v)))) {
                return false;
            }
        }
        return true;
    }
}
