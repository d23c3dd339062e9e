package io.sallyport.http.connect;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** The ways of HTTP clients to their sockets, through libraries that others use as well. */
public final class ConnectModule implements WeaveModule {

    @Override
    public String name() {
        return "http-connects";
    }

    @Override
    public Idiom idiom() {
        return Idiom.OBSERVE;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(ReactorConnectWeave.TYPE, ReactorIoWeave.TYPE, WorkerWeave.TYPE)
                .or(ClassFilter.named(JettyTransportWeave.TYPES))
                .or(ClassFilter.named(VertxConnectorWeave.TYPES))
                .or(ClassFilter.named(VertxNetClientWeave.TYPES))
                .or(ClassFilter.named(VertxChannelWeave.TYPES));
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new ReactorConnectWeave(),
                new JettyTransportWeave(),
                new VertxConnectorWeave(),
                new VertxNetClientWeave(),
                new VertxChannelWeave(),
                new ReactorIoWeave(),
                new WorkerWeave());
    }
}
