package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Microsoft's driver after its TLS handshake: {@code TDSChannel}. */
public final class SqlServerTlsPoint implements WeavePoint {

    public static final String TYPE = "com.microsoft.sqlserver.jdbc.TDSChannel";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("enableSSL"), Advices.SQL_SERVER_TLS);
    }
}
