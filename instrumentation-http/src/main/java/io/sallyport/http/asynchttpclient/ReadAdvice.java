package io.sallyport.http.asynchttpclient;

import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code AsyncHttpClientHandler.channelRead}. */
public final class ReadAdvice {

    private ReadAdvice() {}

    /** @return the message as it may be seen */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 1, typing = Typing.DYNAMIC))
    public static Object enter(@Advice.Argument(0) Object context, @Advice.Argument(1) Object message)
            throws IOException {
        return AsyncCall.arrived(((ChannelHandlerContext) context).channel(), message);
    }
}
