package io.sallyport.weaving;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** One kind of type that a module weaves, and what it weaves into it. One per file, named after the type. */
public interface WeavePoint {

    /** Types to weave. Interfaces are never woven. */
    Match<? super TypeInfo> types();

    /** Says what to weave; called once per matching type that is loaded. */
    void weave(Weave weave);
}
