package io.sallyport.jdbc;

import io.sallyport.jdbc.weave.H2LoginPoint;
import io.sallyport.jdbc.weave.HandshakePoint;
import io.sallyport.jdbc.weave.OracleHandshakePoint;
import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** TLS of drivers whose sockets are out of reach. A module of its own, since what is refused there is an {@code IOException}. */
public final class JdbcTlsModule implements WeaveModule {

    @Override
    public String name() {
        return "jdbc-tls";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(HandshakePoint.TYPE, H2LoginPoint.TYPE, OracleHandshakePoint.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(new HandshakePoint(), new H2LoginPoint(), new OracleHandshakePoint());
    }
}
