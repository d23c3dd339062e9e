package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code org.h2.engine.Engine}: opens sessions of a database, for connections and for H2's own servers. */
public final class H2EnginePoint implements WeavePoint {

    public static final String TYPE = "org.h2.engine.Engine";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("createSession"), Advices.H2_ENGINE);
    }
}
