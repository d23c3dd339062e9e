package io.sallyport.http.apache5;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** Masks a body on its way to the caller's consumer, piece by piece; demand passes through. */
final class MaskingConsumer implements AsyncDataConsumer {

    private final AsyncDataConsumer caller;
    private final MaskedAnswer answer;
    private final BodyMasker masker;
    private final boolean h2;

    /** @param h2 see {@link StreamFailure} */
    MaskingConsumer(AsyncDataConsumer caller, MaskedAnswer answer, boolean h2) {
        this.caller = caller;
        this.answer = answer;
        this.masker = answer.masker();
        this.h2 = h2;
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        caller.updateCapacity(channel);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        try {
            masker.update(bytes, 0, bytes.length, out);
        } catch (IOException unmaskable) {
            throw StreamFailure.of(unmaskable, h2);
        }
        pass(out);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws HttpException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            masker.finish(out);
        } catch (IOException unmaskable) {
            throw StreamFailure.of(unmaskable, h2);
        }
        pass(out);
        caller.streamEnd(ApacheAnswer.truthful(answer, trailers));
    }

    private void pass(ByteArrayOutputStream out) throws IOException {
        if (out.size() > 0) {
            caller.consume(ByteBuffer.wrap(out.toByteArray()));
        }
    }

    @Override
    public void releaseResources() {
        caller.releaseResources();
    }
}
