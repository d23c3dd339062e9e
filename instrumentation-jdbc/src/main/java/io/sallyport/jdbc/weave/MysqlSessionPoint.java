package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Connector/J's {@code NativeSession}: the comment before each statement, where newer versions keep it. */
public final class MysqlSessionPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("com.mysql.cj.NativeSession");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("setQueryComment").and(takesArguments(String.class)), Advices.MYSQL_QUERY_COMMENT);
    }
}
