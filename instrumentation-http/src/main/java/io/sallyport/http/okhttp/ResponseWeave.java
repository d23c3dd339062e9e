package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code Response}, for the fields behind its body, which versions before 3.14 do not hand out. */
final class ResponseWeave implements WeavePoint {

    static final String TYPE = "okhttp3.Response";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("trailers").or(named("peekTrailers")).and(takesNoArguments()),
                "io.sallyport.http.okhttp.TrailersAdvice");
    }
}
