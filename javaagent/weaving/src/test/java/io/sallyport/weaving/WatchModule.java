package io.sallyport.weaving;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.List;

/** Watches {@code Window}, with advice that cannot be linked. */
final class WatchModule implements WeaveModule {

    private static final String TYPE = "io.sallyport.weaving.sample.Window";

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public Idiom idiom() {
        return Idiom.OBSERVE;
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
                weave.call(named("look"), "io.sallyport.weaving.BrokenAdvice");
            }
        });
    }
}
