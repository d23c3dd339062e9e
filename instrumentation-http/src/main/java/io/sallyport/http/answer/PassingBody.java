package io.sallyport.http.answer;

import io.sallyport.core.mask.BodyMasker;
import java.io.IOException;
import java.io.OutputStream;

/** Lets a body pass as it is. Stateless. */
enum PassingBody implements BodyMasker {
    INSTANCE;

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void finish(OutputStream out) {}

    @Override
    public int masked() {
        return 0;
    }
}
