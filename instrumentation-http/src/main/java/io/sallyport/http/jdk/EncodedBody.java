package io.sallyport.http.jdk;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;

/** Refuses the first byte of a body whose content encoding hides what would have to be masked. */
final class EncodedBody implements BodyMasker {

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        if (length > 0) {
            throw new BodyRefusedException(
                    "Refused by Sallyport: a body under a masking rule arrived compressed; send no Accept-Encoding for this target");
        }
    }

    @Override
    public void finish(OutputStream out) {}

    @Override
    public int masked() {
        return 0;
    }
}
