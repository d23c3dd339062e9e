package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.returns;
import static io.sallyport.weaving.match.Matchers.takesArgument;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.io.FileDescriptor;
import java.net.InetAddress;

/**
 * {@code sun.nio.ch.Net}: {@code connect(ProtocolFamily, FileDescriptor, InetAddress, int)}, where sockets and channels of all kinds end;
 * asynchronous channels on Windows alone have a way of their own. {@code socket(ProtocolFamily, boolean)}, where all but those begin.
 */
final class NetWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.Net";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("socket").and(takesArguments(2)).and(returns(named(FileDescriptor.class.getName()))),
                SocketOpenedAdvice.NAME);
        weave.call(
                named("connect")
                        .and(takesArguments(4))
                        .and(takesArgument(1, FileDescriptor.class))
                        .and(takesArgument(2, InetAddress.class)),
                NetConnectAdvice.NAME);
    }
}
