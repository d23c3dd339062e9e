package io.sallyport.http.apache5;

import io.sallyport.http.SentBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** What a body is written to of which a record is made: of each piece as much as the connection took. */
record ShownChannel(DataStreamChannel channel, SentBody body) implements DataStreamChannel {

    @Override
    public int write(ByteBuffer piece) throws IOException {
        ByteBuffer whole = piece.duplicate();
        int taken = channel.write(piece);
        whole.limit(piece.position());
        body.add(whole);
        return taken;
    }

    @Override
    public void requestOutput() {
        channel.requestOutput();
    }

    @Override
    public void endStream() throws IOException {
        channel.endStream();
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
        channel.endStream(trailers);
    }
}
