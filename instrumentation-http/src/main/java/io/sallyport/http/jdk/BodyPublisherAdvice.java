package io.sallyport.http.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.util.Optional;
import net.bytebuddy.asm.Advice;

/** {@code HttpRequestImpl.bodyPublisher}. */
public final class BodyPublisherAdvice {

    private BodyPublisherAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static Optional<BodyPublisher> exit(@Advice.Return Optional<BodyPublisher> returned) {
        return ShownBody.applications(returned);
    }
}
