package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.jdbc.pool.PoolKind;
import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.util.Arrays;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Pools whose timeouts approvers are told of, where they lend a connection. */
public final class PoolPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return namedOneOf(Arrays.stream(PoolKind.values()).map(PoolKind::type).toArray(String[]::new));
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(named("getConnection")), Advices.LEND);
    }
}
