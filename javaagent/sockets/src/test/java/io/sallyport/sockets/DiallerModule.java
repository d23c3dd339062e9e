package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.List;
import java.util.Set;

/** Weaves {@link Dialler} with advice that lives in one of the agent's loaders. */
final class DiallerModule implements WeaveModule {

    private static final String TYPE = "io.sallyport.sockets.Dialler";

    @Override
    public String name() {
        return "dialler";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(new WeavePoint() {
            @Override
            public Match<? super TypeInfo> types() {
                return named(TYPE);
            }

            @Override
            public void weave(Weave weave) {
                weave.call(named("dial"), "io.sallyport.sockets.own.DialAdvice");
            }
        });
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.sockets.own");
    }
}
