package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** {@code HttpRequestImpl.newInstanceForAuthentication}: the same call goes on with another object. */
public final class AuthenticationAdvice {

    private AuthenticationAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Argument(0) HttpRequest before, @Advice.Return HttpRequest next) {
        JdkCalls.repeated(before, next);
    }
}
