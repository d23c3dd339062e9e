package io.sallyport.http.jetty;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;

/** Jetty HttpClient. */
public final class JettyModule implements WeaveModule {

    @Override
    public String name() {
        return "jetty-client";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                ClientWeave.TYPE,
                DestinationWeave.TYPE,
                ConnectionWeave.TYPE,
                SenderWeave.TYPE,
                SenderWeave.HTTP2,
                RequestWeave.TYPE,
                ReceiverWeave.TYPE,
                ResponseWeave.TYPE,
                ListenersWeave.TYPE,
                SslFactoryWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new ClientWeave(),
                new DestinationWeave(),
                new ConnectionWeave(),
                new SenderWeave(),
                new RequestWeave(),
                new ReceiverWeave(),
                new ResponseWeave(),
                new ListenersWeave(),
                new SslFactoryWeave());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.jetty");
    }
}
