package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInPoliciesTest {

    static java.util.List<String> names() {
        return BuiltInPolicies.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPolicyLoads(String name) {
        Mode expected = name.equals("starter") ? Mode.OBSERVE : Mode.ENFORCE;
        assertThat(BuiltInPolicies.load(name).mode()).isEqualTo(expected);
    }
}
