package io.sallyport.http.asynchttpclient;

import io.netty.channel.Channel;
import net.bytebuddy.asm.Advice;

/** {@code NettyRequestSender.sendHttp2Frames}. */
public final class WriteFramesAdvice {

    private WriteFramesAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object future, @Advice.Argument(1) Object stream) {
        AsyncCall.writingFrames(future, (Channel) stream);
    }
}
