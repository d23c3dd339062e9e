package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code OracleXAResource}, whose branches are prepared and committed by messages and not by statements, as those of other drivers are. */
public final class OracleXaPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("oracle.jdbc.xa.client.OracleXAResource");
    }

    @Override
    public void weave(Weave weave) {
        weave.must(namedOneOf("prepare", "commit").and(isPublic()), Advices.ORACLE_XA)
                .call(named("doTwoPhaseAction").and(isPublic()), Advices.UNMEDIATED);
    }
}
