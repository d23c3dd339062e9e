package io.sallyport.weaving;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import java.util.List;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

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
            public ElementMatcher<? super TypeDescription> types() {
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
