package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code org.h2.engine.Engine}: opens sessions of a database, for connections and for H2's own servers. */
public final class H2EnginePoint implements WeavePoint {

    public static final String TYPE = "org.h2.engine.Engine";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("createSession"), Advices.H2_ENGINE);
    }
}
