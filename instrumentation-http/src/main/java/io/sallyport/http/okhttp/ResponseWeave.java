package io.sallyport.http.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code Response}, for the fields behind its body, which versions before 3.14 do not hand out. */
final class ResponseWeave implements WeavePoint {

    static final String TYPE = "okhttp3.Response";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("trailers").or(named("peekTrailers")).and(takesNoArguments()),
                "io.sallyport.http.okhttp.TrailersAdvice");
    }
}
