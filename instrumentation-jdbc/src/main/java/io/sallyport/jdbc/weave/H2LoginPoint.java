package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** H2's client between its socket and the login: {@code org.h2.value.Transfer}. */
public final class H2LoginPoint implements WeavePoint {

    public static final String TYPE = "org.h2.value.Transfer";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("init").and(takesNoArguments()), Advices.H2_LOGIN);
    }
}
