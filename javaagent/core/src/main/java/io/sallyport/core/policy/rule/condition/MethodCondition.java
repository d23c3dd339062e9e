package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;
import java.util.List;

/** {@code method}: the request method, in upper case. */
public record MethodCondition(List<String> methods) implements HttpCondition {

    public MethodCondition {
        methods = List.copyOf(methods);
    }

    @Override
    public String key() {
        return "method";
    }

    @Override
    public Truth meets(HttpCommand command) {
        return Truth.of(methods.contains(command.method()));
    }
}
