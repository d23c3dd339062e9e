package io.sallyport.http.answer;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;

/** Refuses the first byte of a body that has to be masked and cannot be. */
record RefusedBody(String why) implements BodyMasker {

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (length > 0) {
            throw new BodyRefusedException(why);
        }
    }

    @Override
    public void finish(OutputStream out) {}

    @Override
    public int masked() {
        return 0;
    }
}
