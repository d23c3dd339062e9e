package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.SqlCommand;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code params}: one of the tests holds for the bound parameters of at least one entry of the batch. */
public record ParamsCondition(List<Test> tests) implements SqlCondition {

    /**
     * One test; what it names must all hold of the same parameter.
     *
     * @param index position from 1; 0: any position
     * @param isNull whether the value must be null, or must not; {@code null}: not asked
     * @param types simple or full names of the value's Java class; empty: not asked
     * @param countOver more parameters than this are bound; -1: not asked
     * @param detect detectors of which one must recognise something in the value; empty: not asked
     */
    public record Test(int index, @Nullable Boolean isNull, List<String> types, int countOver, Set<String> detect) {

        public Test {
            types = List.copyOf(types);
            detect = Set.copyOf(detect);
        }

        boolean holds(List<@Nullable Object> parameters) {
            if (countOver >= 0 && parameters.size() <= countOver) {
                return false;
            }
            if (isNull == null && types.isEmpty() && detect.isEmpty() && index == 0) {
                return true;
            }
            for (int i = 0; i < parameters.size(); i++) {
                if ((index == 0 || index == i + 1) && holds(parameters.get(i))) {
                    return true;
                }
            }
            return false;
        }

        private boolean holds(@Nullable Object value) {
            if (isNull != null && isNull != (value == null)) {
                return false;
            }
            return (types.isEmpty() || isOfType(value)) && (detect.isEmpty() || Content.holds(value, "", detect));
        }

        private boolean isOfType(@Nullable Object value) {
            return value != null
                    && (types.contains(value.getClass().getSimpleName())
                            || types.contains(value.getClass().getName()));
        }
    }

    public ParamsCondition {
        tests = List.copyOf(tests);
    }

    @Override
    public String key() {
        return "params";
    }

    @Override
    public Truth judge(SqlCommand command, Sensitivity sensitivity) {
        for (List<@Nullable Object> parameters : command.parameterSets()) {
            for (int i = 0; i < tests.size(); i++) {
                if (tests.get(i).holds(parameters)) {
                    return Truth.YES;
                }
            }
        }
        return Truth.NO;
    }
}
