package io.sallyport.http.apache4;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** {@code DefaultRequestDirector.execute}. */
public final class DirectorAdvice {

    private DirectorAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable Object target, @Advice.Argument(1) Object request)
            throws IOException {
        ClientCall.unmasked((HttpHost) target, (HttpRequest) request);
    }
}
