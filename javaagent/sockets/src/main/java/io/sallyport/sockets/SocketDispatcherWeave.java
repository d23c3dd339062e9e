package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.io.FileDescriptor;

/** {@code sun.nio.ch.SocketDispatcher}: the system calls by which every socket reads and writes. */
final class SocketDispatcherWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.SocketDispatcher";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                namedOneOf("read", "readv", "write", "writev").and(takesArgument(0, FileDescriptor.class)),
                TransferAdvice.NAME);
    }
}
