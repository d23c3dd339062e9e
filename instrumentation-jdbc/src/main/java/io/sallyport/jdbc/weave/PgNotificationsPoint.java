package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Payloads of NOTIFY on their way out of pgjdbc: {@code QueryExecutorBase.getNotifications()}. */
public final class PgNotificationsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.core.QueryExecutorBase");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("getNotifications").and(takesNoArguments()), Advices.PG_NOTIFICATIONS);
    }
}
