package io.sallyport.weaving;

import static io.sallyport.weaving.match.Matchers.hasSuperType;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.List;

/** Weaves {@code Door}. */
final class DoorModule implements WeaveModule {

    @Override
    public String name() {
        return "door";
    }

    @Override
    public Idiom idiom() {
        return Idiom.IO;
    }

    @Override
    public boolean proven(String binaryName) {
        return !binaryName.endsWith("SideDoor");
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.mentions("weaving/sample/");
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(new WeavePoint() {
            @Override
            public Match<? super TypeInfo> types() {
                return hasSuperType(
                        namedOneOf("io.sallyport.weaving.sample.Door", "io.sallyport.weaving.sample.Opening"));
            }

            @Override
            public void weave(Weave weave) {
                weave.state()
                        .call(named("open"), "io.sallyport.weaving.DoorAdvice")
                        .call(named("broken"), "io.sallyport.weaving.BrokenAdvice")
                        .read(namedOneOf("secret", "number"));
            }
        });
    }
}
