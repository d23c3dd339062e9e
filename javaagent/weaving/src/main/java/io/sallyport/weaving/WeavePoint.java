package io.sallyport.weaving;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** One kind of type that a module weaves, and what it weaves into it. One per file, named after the type. */
public interface WeavePoint {

    /** Types to weave. Interfaces are never woven. */
    ElementMatcher<? super TypeDescription> types();

    /** Says what to weave; called once per matching type that is loaded. */
    void weave(Weave weave);
}
