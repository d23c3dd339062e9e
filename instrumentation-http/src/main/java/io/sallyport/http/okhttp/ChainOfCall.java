package io.sallyport.http.okhttp;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;

/**
 * An {@code Interceptor.Chain} that tells its call, as that of OkHttp 3.9 and later does. The interceptors of an older one are refused, so that
 * the coverage shows it, and its connections to governed places are refused where they are opened.
 */
final class ChainOfCall implements Match<TypeInfo> {

    static final ChainOfCall IS = new ChainOfCall();

    private ChainOfCall() {}

    @Override
    public boolean matches(TypeInfo type) {
        for (MethodInfo method : type.methods()) {
            if (method.name().equals("call")) {
                return true;
            }
        }
        return false;
    }
}
