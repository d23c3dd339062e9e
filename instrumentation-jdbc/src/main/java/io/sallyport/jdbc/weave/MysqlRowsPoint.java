package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Connector/J's rows behind a result's getters: {@code NativeResultset.getRows()}, public for the driver's own classes. */
public final class MysqlRowsPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("com.mysql.cj.protocol.a.result.NativeResultset");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("getRows").and(takesNoArguments()), Advices.RAW_ROWS);
    }
}
