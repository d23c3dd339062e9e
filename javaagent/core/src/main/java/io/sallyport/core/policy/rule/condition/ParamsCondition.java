package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.sql.ParameterPlaces;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code params}: one of the tests holds for the bound parameters of at least one entry of the batch. */
public record ParamsCondition(List<Test> tests) implements SqlCondition {

    /**
     * One test; what it names must all hold of the same parameter.
     *
     * @param index position from 1; 0: any position
     * @param column column, folded, that the parameter is compared with or assigned to; {@code null}: any. Where the text is so large
     *     that places aren't told, every parameter may be the column's
     * @param isNull whether the value must be null, or must not; {@code null}: not asked
     * @param types simple or full names of the value's Java class, or of a class or interface above it; empty: not asked
     * @param countOver more parameters than this are bound; -1: not asked
     * @param listOver one IN list, or one array or collection bound as a whole, has more values than this; -1: not asked
     * @param detect what must be recognised in the value or in an element of it; empty: not asked
     */
    public record Test(
            int index,
            @Nullable String column,
            @Nullable Boolean isNull,
            List<String> types,
            int countOver,
            int listOver,
            Detection detect) {

        public Test {
            types = List.copyOf(types);
        }

        boolean holds(List<@Nullable Object> parameters, ParameterPlaces places) {
            if (countOver >= 0 && parameters.size() <= countOver) {
                return false;
            }
            boolean list = listOver >= 0 && places.longestList() > listOver;
            boolean values = index != 0 || column != null || isNull != null || !types.isEmpty() || !detect.isEmpty();
            if (!values && (listOver < 0 || list)) {
                return true;
            }
            for (int i = 0; i < parameters.size(); i++) {
                Object value = parameters.get(i);
                if ((index == 0 || index == i + 1)
                        && (column == null || places.mayBelong(i, column))
                        && (listOver < 0 || list || count(value) > listOver)
                        && holds(value)) {
                    return true;
                }
            }
            return false;
        }

        private boolean holds(@Nullable Object value) {
            if (isNull != null && isNull != (value == null)) {
                return false;
            }
            return (types.isEmpty() || value != null && isOfType(value.getClass()))
                    && (detect.isEmpty() || isDetected(value));
        }

        private boolean isOfType(@Nullable Class<?> type) {
            if (type == null) {
                return false;
            }
            if (types.contains(type.getSimpleName())
                    || types.contains(type.getName())
                    || isOfType(type.getSuperclass())) {
                return true;
            }
            for (Class<?> above : type.getInterfaces()) {
                if (isOfType(above)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isDetected(@Nullable Object value) {
            if (value instanceof Iterable<?> elements) {
                for (Object element : elements) {
                    if (Content.holds(element, "", detect)) {
                        return true;
                    }
                }
            } else if (value instanceof Object[] elements) {
                for (Object element : elements) {
                    if (Content.holds(element, "", detect)) {
                        return true;
                    }
                }
            }
            return Content.holds(value, "", detect);
        }

        /** Values that are bound as one parameter; bytes and characters are one value. */
        private static int count(@Nullable Object value) {
            if (value instanceof Collection<?> collection) {
                return collection.size();
            }
            boolean array = value != null
                    && value.getClass().isArray()
                    && !(value instanceof byte[])
                    && !(value instanceof char[]);
            return array ? Array.getLength(value) : 1;
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
        ParameterPlaces places = command.analysis().parameters();
        for (List<@Nullable Object> parameters : command.parameterSets()) {
            for (int i = 0; i < tests.size(); i++) {
                if (tests.get(i).holds(parameters, places)) {
                    return Truth.YES;
                }
            }
        }
        return Truth.NO;
    }
}
