package io.sallyport.http.reactornetty;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;

/** Reactor Netty. */
public final class ReactorNettyModule implements WeaveModule {

    @Override
    public String name() {
        return "reactor-netty";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                MonoConnectWeave.TYPE, ConnectionProviderWeave.TYPE, ClientHandlerWeave.TYPE, OperationsWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new MonoConnectWeave(), new ConnectionProviderWeave(), new ClientHandlerWeave(), new OperationsWeave());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.reactornetty", "io.sallyport.http.netty");
    }
}
