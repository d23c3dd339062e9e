package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A masker for UTF-8 behind any other charset: text goes through UTF-8 and back. */
final class TranscodingMasker implements BodyMasker {
    private final BodyMasker masker;
    private final Charset charset;
    private final Reencoder in;
    private final Reencoder back;

    TranscodingMasker(BodyMasker masker, Charset charset) {
        this.masker = masker;
        this.charset = charset;
        this.in = new Reencoder(charset, StandardCharsets.UTF_8);
        this.back = new Reencoder(StandardCharsets.UTF_8, charset);
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        decode(bytes, offset, length, false, out);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        decode(new byte[0], 0, 0, true, out);
        masker.finish(encoding(out));
        back.write(new byte[0], 0, 0, true, out);
    }

    private void decode(byte[] bytes, int offset, int length, boolean last, OutputStream out) throws IOException {
        OutputStream masked = encoding(out);
        try {
            in.write(bytes, offset, length, last, new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] text, int from, int count) throws IOException {
                    masker.update(text, from, count, masked);
                }
            });
        } catch (CharacterCodingException malformed) {
            throw new BodyRefusedException(
                    "the body is not valid " + charset.name() + ", so that its mask rules cannot be applied");
        }
    }

    private OutputStream encoding(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] text, int from, int count) throws IOException {
                back.write(text, from, count, false, out);
            }
        };
    }

    @Override
    public int masked() {
        return masker.masked();
    }
}
