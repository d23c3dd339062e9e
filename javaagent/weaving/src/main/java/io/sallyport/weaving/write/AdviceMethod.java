package io.sallyport.weaving.write;

import java.util.List;
import net.bytebuddy.jar.asm.Type;

/**
 * One static method of an advice class, as its annotations describe it. Immutable.
 *
 * @param parameters what each parameter receives, in their order
 * @param onThrowable exit: whether it is called for what the method throws, too
 * @param skip enter: whether the method is skipped where the result is not its type's default
 * @param skipIndex enter: the element of the result that is looked at; negative for the result itself
 * @param keepOnDefault whether a default result ({@code null}, 0, false) leaves what it would be assigned to as it is
 */
record AdviceMethod(
        String name,
        String descriptor,
        List<Binding> parameters,
        boolean onThrowable,
        boolean skip,
        int skipIndex,
        boolean keepOnDefault,
        List<Assignment> assignments) {

    /** What a parameter of advice receives. */
    sealed interface Binding {}

    record This() implements Binding {}

    /** @param optional a method that has none of that number hands over {@code null} */
    record Argument(int index, boolean optional) implements Binding {}

    /** All arguments, boxed. */
    record AllArguments() implements Binding {}

    /** The result of the enter advice. */
    record Enter() implements Binding {}

    /** What the method returned; its type's default where it threw. */
    record Return() implements Binding {}

    /** What the method threw, or {@code null}. */
    record Thrown() implements Binding {}

    /** {@code #m} the method's name, {@code #t} its class's, {@code #r} that of the type it returns. */
    record Origin(String pattern) implements Binding {}

    /**
     * A field of the object or its class. {@link io.sallyport.bootstrap.SallyportState#FIELD} is the object's state, where the object carries that
     * itself; else {@code null}.
     */
    record FieldValue(String name) implements Binding {}

    /**
     * Where the result goes.
     *
     * @param argument number of the method's argument; {@link #RETURNED} for what the method returns, {@link #FIELD}
     * @param field of the object, by its name; empty for none
     * @param index element of the result; negative for the result itself
     */
    record Assignment(int argument, String field, int index) {
        static final int RETURNED = -1;
        static final int FIELD = -2;
    }

    Type returnType() {
        return Type.getReturnType(descriptor);
    }
}
