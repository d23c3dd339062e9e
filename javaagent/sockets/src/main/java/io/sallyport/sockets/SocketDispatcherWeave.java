package io.sallyport.sockets;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.io.FileDescriptor;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code sun.nio.ch.SocketDispatcher}: the system calls by which every socket reads and writes. */
final class SocketDispatcherWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.SocketDispatcher";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                namedOneOf("read", "readv", "write", "writev").and(takesArgument(0, FileDescriptor.class)),
                TransferAdvice.NAME);
    }
}
