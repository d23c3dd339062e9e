package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import java.io.IOException;
import java.io.OutputStream;

/** Passes everything: the body is none that a rule concerns. Stateless. */
public final class Untouched implements BodyMasker {
    public static final Untouched INSTANCE = new Untouched();

    private Untouched() {}

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void finish(OutputStream out) {}

    @Override
    public boolean passes() {
        return true;
    }

    @Override
    public int masked() {
        return 0;
    }
}
