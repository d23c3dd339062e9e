package io.sallyport.http.contract;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;

/** Code of an application on a client's connection, which sends every request elsewhere. */
public final class RewritingHandler extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            request.setUri("/denied");
        }
        super.write(context, message, promise);
    }
}
