package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.sql.CallableStatement}: OUT parameters are results. */
public final class CallableStatementPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return DriverTypes.implementing("java.sql.CallableStatement");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().read(DriverTypes.getter());
    }
}
