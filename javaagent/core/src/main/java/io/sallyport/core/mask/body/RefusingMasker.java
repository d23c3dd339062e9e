package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;

/** Refuses every body that is not empty. */
record RefusingMasker(String cause) implements BodyMasker {

    static RefusingMasker unknownCharset() {
        return new RefusingMasker("the body's charset is unknown to this JVM");
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (length > 0) {
            throw new BodyRefusedException(cause + ", so that its mask rules cannot be applied");
        }
    }

    @Override
    public void finish(OutputStream out) {}

    @Override
    public int masked() {
        return 0;
    }
}
