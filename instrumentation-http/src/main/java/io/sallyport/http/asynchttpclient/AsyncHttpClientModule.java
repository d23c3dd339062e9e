package io.sallyport.http.asynchttpclient;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;

/** AsyncHttpClient. */
public final class AsyncHttpClientModule implements WeaveModule {

    @Override
    public String name() {
        return "async-http-client";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                ClientWeave.TYPE,
                ConnectorWeave.TYPE,
                RequestSenderWeave.TYPE,
                ResponseFutureWeave.TYPE,
                ChannelManagerWeave.TYPE,
                ChannelHandlerWeave.TYPE,
                Http2HandlerWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new ClientWeave(),
                new ConnectorWeave(),
                new RequestSenderWeave(),
                new ResponseFutureWeave(),
                new ChannelManagerWeave(),
                new ChannelHandlerWeave(),
                new Http2HandlerWeave());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.asynchttpclient", "io.sallyport.http.netty");
    }
}
