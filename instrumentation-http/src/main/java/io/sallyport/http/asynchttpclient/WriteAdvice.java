package io.sallyport.http.asynchttpclient;

import io.netty.channel.Channel;
import net.bytebuddy.asm.Advice;

/** {@code NettyRequestSender.writeRequest}. */
public final class WriteAdvice {

    private WriteAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object future, @Advice.Argument(1) Object channel) {
        AsyncCall.writing(future, (Channel) channel);
    }
}
