package io.sallyport.http.urlconnection;

import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;

/** {@code getHeaderFields}. */
public final class HeaderFieldsAdvice {

    private HeaderFieldsAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static Map<String, List<String>> exit(
            @Advice.This Object connection, @Advice.Return Map<String, List<String>> returned) {
        return UrlCall.of(connection).answer().headers().truthful(returned);
    }
}
