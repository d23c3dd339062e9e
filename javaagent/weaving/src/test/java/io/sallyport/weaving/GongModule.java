package io.sallyport.weaving;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.List;
import java.util.Set;

/** Weaves {@code Gong}, with advice that is defined next to it. */
final class GongModule implements WeaveModule {

    private static final String TYPE = "io.example.bells.Gong";

    @Override
    public String name() {
        return "gong";
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
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.weaving.gong");
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
                weave.call(named("strike"), "io.sallyport.weaving.gong.BeforeAdvice")
                        .call(named("echo"), "io.sallyport.weaving.gong.AfterAdvice")
                        .call(named("later"), "io.sallyport.weaving.gong.LaterAdvice");
            }
        });
    }
}
