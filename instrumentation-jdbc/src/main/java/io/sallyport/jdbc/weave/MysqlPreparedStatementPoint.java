package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * What Connector/J's prepared statements are sent from: the parts of the text, in arrays that can be written to, and the parameters.
 * And their own call of {@code getQuery()} ({@link MysqlStatementPoint}) for each row of a batch, which is linked past the question who
 * asks.
 */
public final class MysqlPreparedStatementPoint implements WeavePoint {

    private static final String TYPE = "com.mysql.cj.jdbc.ClientPreparedStatement";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(namedOneOf("getQueryInfo", "getQueryBindings").and(takesNoArguments()), Advices.DRIVER_PARTS)
                .straight(TYPE, "getQuery", "query");
    }
}
