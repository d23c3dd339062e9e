package io.sallyport.http.vertx;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Vert.x. */
public final class VertxModule implements WeaveModule {

    @Override
    public String name() {
        return "vertx";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(Stream.concat(
                        Stream.of(
                                ClientWeave.TYPE, RequestWeave.TYPE, RequestBaseWeave.TYPE, WebSocketClientWeave.TYPE),
                        StreamWeave.TYPES.stream())
                .toArray(String[]::new));
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new ClientWeave(false),
                new ClientWeave(true),
                new RequestWeave(false),
                new RequestWeave(true),
                new RequestBaseWeave(),
                new StreamWeave(false),
                new StreamWeave(true),
                new WebSocketClientWeave(false),
                new WebSocketClientWeave(true));
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.http.vertx", "io.sallyport.http.netty");
    }
}
