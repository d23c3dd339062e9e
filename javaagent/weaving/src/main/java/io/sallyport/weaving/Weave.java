package io.sallyport.weaving;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** What a {@link WeavePoint} can do to a type. */
public interface Weave {

    /** Gives each object of the type one state, see {@link StateField}. */
    Weave state();

    /**
     * Calls advice around the methods that the type declares itself and that match.
     *
     * @param advice binary name of a public class with public static methods annotated with {@code @Advice.OnMethodEnter(inline =
     *     false)} and/or {@code @Advice.OnMethodExit(inline = false)}. No agent type may occur in their signatures; use
     *     {@code Object}. {@code @Advice.AssignReturned} is supported. Overloads are not: one enter and one exit per class.
     */
    Weave call(ElementMatcher<? super MethodDescription> methods, String advice);

    /** Guards getters of a type that has {@link #state()}: see {@link io.sallyport.bootstrap.SallyportReader}. */
    Weave read(ElementMatcher<? super MethodDescription> getters);
}
