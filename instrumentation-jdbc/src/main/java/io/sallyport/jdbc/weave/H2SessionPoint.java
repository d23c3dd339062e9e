package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * Sessions of H2's engine: {@code SessionLocal} ({@code Session} in 1.4) and {@code SessionRemote}. One that an application fetched before the agent
 * came, or found behind other objects of the engine, prepares nothing.
 */
public final class H2SessionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.h2.engine.SessionLocal", "org.h2.engine.Session", "org.h2.engine.SessionRemote");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(
                        isPublic()
                                .and(namedOneOf("prepareCommand", "prepareLocal", "prepare", "prepareQueryExpression")),
                        Advices.H2_PREPARE);
    }
}
