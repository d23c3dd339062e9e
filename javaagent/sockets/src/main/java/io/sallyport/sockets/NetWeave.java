package io.sallyport.sockets;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.io.FileDescriptor;
import java.net.InetAddress;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * {@code sun.nio.ch.Net}: {@code connect(ProtocolFamily, FileDescriptor, InetAddress, int)}, where sockets and channels of all kinds end;
 * asynchronous channels on Windows alone have a way of their own.
 */
final class NetWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.Net";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("connect")
                        .and(takesArguments(4))
                        .and(takesArgument(1, FileDescriptor.class))
                        .and(takesArgument(2, InetAddress.class)),
                NetConnectAdvice.NAME);
    }
}
