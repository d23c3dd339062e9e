package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Connector/J's rows behind a result's getters: {@code NativeResultset.getRows()}, public for the driver's own classes. */
public final class MysqlRowsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.protocol.a.result.NativeResultset");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("getRows").and(takesNoArguments()), Advices.RAW_ROWS);
    }
}
