package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Payloads of NOTIFY on their way out of pgjdbc: {@code QueryExecutorBase.getNotifications()}. */
public final class PgNotificationsPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.core.QueryExecutorBase");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("getNotifications").and(takesNoArguments()), Advices.PG_NOTIFICATIONS);
    }
}
