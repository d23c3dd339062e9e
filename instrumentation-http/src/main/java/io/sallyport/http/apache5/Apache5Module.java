package io.sallyport.http.apache5;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;

/** Apache HttpClient 5. */
public final class Apache5Module implements WeaveModule {

    @Override
    public String name() {
        return "apache-httpclient-5";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                ConnectExecWeave.TYPE,
                ExecRuntimeWeave.TYPE,
                ClientConnectionWeave.TYPE,
                ConnectionOutputWeave.TYPE,
                AsyncClientWeave.BASE,
                AsyncClientWeave.TYPE,
                AsyncClientWeave.HTTP2,
                AsyncConnectExecWeave.TYPE,
                AsyncMainExecWeave.TYPE,
                AsyncMainExecWeave.HTTP2,
                AsyncExecRuntimeWeave.TYPE,
                AsyncExecRuntimeWeave.HTTP2,
                MinimalAsyncWeave.TYPE,
                MinimalAsyncWeave.HTTP2,
                PushWeave.TYPE,
                RetryStrategyWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new ConnectExecWeave(),
                new ExecRuntimeWeave(),
                new ClientConnectionWeave(),
                new ConnectionOutputWeave(),
                new AsyncClientWeave(),
                new AsyncConnectExecWeave(),
                new AsyncMainExecWeave(),
                new AsyncExecRuntimeWeave(),
                new MinimalAsyncWeave(),
                new PushWeave(),
                new RetryStrategyWeave());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.apache5");
    }
}
