package io.sallyport.http.tls;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** The JDK's TLS (JSSE, provider SunJSSE), below every client that uses it; and TLS of others, which is seen and cannot be judged. */
public final class TlsModule implements WeaveModule {

    @Override
    public String name() {
        return "https";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                        TransportContextWeave.TYPE,
                        ContextWeave.TYPE,
                        SocketFactoryWeave.TYPE,
                        SocketOutputWeave.TYPE,
                        EngineWeave.TYPE,
                        HttpsUrlConnectionWeave.TYPE,
                        JettyEngineWeave.TYPE,
                        JettyUnwrapWeave.TYPE)
                .or(ClassFilter.named(ClientVerifiersWeave.TYPES))
                .or(new ForeignTlsFilter());
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new TransportContextWeave(),
                new ContextWeave(),
                new SocketFactoryWeave(),
                new SocketOutputWeave(),
                new EngineWeave(),
                new JettyEngineWeave(),
                new JettyUnwrapWeave(),
                new HttpsUrlConnectionWeave(),
                new ClientVerifiersWeave(),
                new ForeignTlsWeave());
    }
}
