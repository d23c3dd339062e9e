package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Microsoft's driver before its login: {@code SQLServerConnection}. */
public final class SqlServerLoginPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.microsoft.sqlserver.jdbc.SQLServerConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("logon"), Advices.SQL_SERVER_LOGIN);
    }
}
