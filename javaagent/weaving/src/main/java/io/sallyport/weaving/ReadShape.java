package io.sallyport.weaving;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Which advice guards a getter, by its signature. The signatures that are called once a cell have an advice of their own, so that a
 * masked value is neither boxed nor put into an array of arguments; every other getter has {@link ReadAdvice}.
 *
 * @param methods no method is in two shapes, and each is in one
 */
record ReadShape(String advice, ElementMatcher<? super MethodDescription> methods) {

    static final List<ReadShape> ALL = all();

    private static List<ReadShape> all() {
        List<ReadShape> shapes = new ArrayList<>();
        shapes.add(byIndex(ReadTextAdvice.class, String.class));
        shapes.add(byIndex(ReadIntAdvice.class, int.class));
        shapes.add(byIndex(ReadLongAdvice.class, long.class));
        shapes.add(
                new ReadShape(ReadFlagAdvice.class.getName(), takesNoArguments().and(returns(boolean.class))));
        // What takes an index and returns a truth value may be a move to another row: that goes the general way.
        shapes.add(new ReadShape(
                ReadIndexAdvice.class.getName(),
                takesArguments(int.class).and(not(returns(namedOneOf("boolean", "int", "long", "java.lang.String"))))));
        ElementMatcher.Junction<MethodDescription> others = any();
        for (ReadShape shape : shapes) {
            others = others.and(not(shape.methods));
        }
        shapes.add(new ReadShape(ReadAdvice.class.getName(), others));
        return List.copyOf(shapes);
    }

    private static ReadShape byIndex(Class<?> advice, Class<?> returned) {
        return new ReadShape(advice.getName(), takesArguments(int.class).and(returns(returned)));
    }
}
