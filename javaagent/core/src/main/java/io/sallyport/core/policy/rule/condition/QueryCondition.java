package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.policy.match.Glob;
import java.util.List;
import java.util.Map;

/** {@code query}: each named parameter is present with a value that matches one of the globs; the last as well as the first counts. */
public record QueryCondition(Map<String, List<Glob>> parameters) implements HttpCondition {

    public QueryCondition {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String key() {
        return "query";
    }

    @Override
    public Truth meets(HttpCommand command) {
        return Truth.of(holds(command));
    }

    private boolean holds(HttpCommand command) {
        if (command.query().isEmpty()) {
            return false;
        }
        List<QueryString.Parameter> given = QueryString.parse(command.query());
        for (Map.Entry<String, List<Glob>> wanted : parameters.entrySet()) {
            boolean found = given.stream()
                    .anyMatch(p -> p.name().equals(wanted.getKey())
                            && wanted.getValue().stream().anyMatch(g -> g.matches(p.value())));
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
