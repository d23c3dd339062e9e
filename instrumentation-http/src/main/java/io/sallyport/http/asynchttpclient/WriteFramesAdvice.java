package io.sallyport.http.asynchttpclient;

import io.netty.channel.Channel;
import net.bytebuddy.asm.Advice;

/** {@code NettyRequestSender.sendHttp2Frames}. */
public final class WriteFramesAdvice {

    private WriteFramesAdvice() {}

    /** @return whether the request is refused: then nothing of it is written */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(@Advice.Argument(0) Object future, @Advice.Argument(1) Object stream) {
        return AsyncCall.writingFrames(future, (Channel) stream);
    }
}
