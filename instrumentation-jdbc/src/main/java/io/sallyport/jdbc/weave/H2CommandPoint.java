package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** What a session of H2's engine prepared: it runs for connections and for H2's own servers. */
public final class H2CommandPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.h2.command.Command", "org.h2.command.CommandRemote");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                isPublic().and(namedOneOf("executeQuery", "executeUpdate", "executeBatchUpdate")), Advices.H2_COMMAND);
    }
}
