package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.jdbc.pool.PoolKind;
import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.Arrays;

/** Pools whose timeouts approvers are told of, where they lend a connection. */
public final class PoolPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(Arrays.stream(PoolKind.values()).map(PoolKind::type).toArray(String[]::new));
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(named("getConnection")), Advices.LEND);
    }
}
