package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import java.io.IOException;
import java.io.OutputStream;

/** Text without structure: only detectors apply. Up to {@link DetectWindow#WINDOW} bytes wait for what follows them. */
final class PlainTextMasker implements BodyMasker {
    private final DetectWindow window;

    PlainTextMasker(BodyRules rules) {
        this.window = new DetectWindow(rules, TextCodec.PLAIN);
        window.begin("");
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        window.add(bytes, offset, offset + length, out);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        window.end(out);
    }

    @Override
    public int masked() {
        return window.findings();
    }
}
