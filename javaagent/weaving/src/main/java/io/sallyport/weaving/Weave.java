package io.sallyport.weaving;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;

/** What a {@link WeavePoint} can do to a type. */
public interface Weave {

    /** Gives each object of the type one state, see {@link StateField}. */
    Weave state();

    /**
     * Calls advice around the methods that the type declares itself and that match.
     *
     * @param advice binary name of a public class with public static methods annotated with {@code @Advice.OnMethodEnter(inline =
     *     false)} and/or {@code @Advice.OnMethodExit(inline = false)}. No agent type may occur in their signatures; use
     *     {@code Object}. {@code @Advice.FieldValue} of {@link io.sallyport.bootstrap.SallyportState#FIELD} is the object's state after {@link #state()}, or
     *     {@code null} where {@link StateField} has to find it. {@code @Advice.AssignReturned} is supported. Overloads are not: one enter and one exit per class.
     *     Where callers of the method hear of failures by a future, a callback or a publisher, the class says how: {@code refusedEnter} (or
     *     {@code refusedExit}) takes an {@code IOException} before the parameters of the other, and returns what that would for a call that is
     *     refused, instead of having it thrown.
     */
    Weave call(Match<? super MethodInfo> methods, String advice);

    /**
     * The same for methods without which the type would not be governed: a type that declares none of them is refused, and the
     * coverage says so, instead of passing for woven.
     */
    default Weave must(Match<? super MethodInfo> methods, String advice) {
        return call(methods, advice);
    }

    /**
     * In this type's own code, constructors included, calls of {@code owner.getter()} read the field that it returns. For a public
     * method whose advice has to find out who calls, which its library calls once a statement: what is linked so is the library's own.
     *
     * @param owner binary name of a class of the type's own module and loader
     * @param field declared by {@code owner} or a superclass of the same jar; a call that cannot be linked refuses, and one whose field
     *     holds something of another type than the getter returns throws, as the getter would
     */
    default Weave straight(String owner, String getter, String field) {
        return this;
    }

    /** Guards getters of a type that has {@link #state()}: see {@link io.sallyport.bootstrap.SallyportReader}. */
    Weave read(Match<? super MethodInfo> getters);
}
