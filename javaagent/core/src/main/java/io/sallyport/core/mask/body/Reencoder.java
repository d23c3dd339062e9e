package io.sallyport.core.mask.body;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Text of one charset in, the same text in another out, at any split. Malformed input is reported. Not thread-safe. */
final class Reencoder {
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder;
    private final CharBuffer chars = CharBuffer.allocate(4096);
    private final ByteBuffer encoded = ByteBuffer.allocate(16384);
    /** The start of a character whose rest has not come yet. */
    private byte[] left = new byte[0];

    Reencoder(Charset from, Charset to) {
        this.decoder = from.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        // A mask may hold a character that the target charset lacks; a question mark hides as well.
        this.encoder = to.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    void write(byte[] bytes, int offset, int length, boolean last, OutputStream out) throws IOException {
        ByteBuffer in;
        if (left.length == 0) {
            in = ByteBuffer.wrap(bytes, offset, length);
        } else {
            in = ByteBuffer.allocate(left.length + length)
                    .put(left)
                    .put(bytes, offset, length)
                    .flip();
        }
        CoderResult result;
        do {
            result = decoder.decode(in, chars, last);
            if (result.isError()) {
                result.throwException();
            }
            drain(out, false);
        } while (result.isOverflow());
        left = new byte[in.remaining()];
        in.get(left);
        if (last) {
            decoder.flush(chars);
            drain(out, true);
            encoder.flush(encoded);
            empty(out);
        }
    }

    private void drain(OutputStream out, boolean last) throws IOException {
        chars.flip();
        CoderResult result;
        do {
            result = encoder.encode(chars, encoded, last);
            empty(out);
        } while (result.isOverflow());
        chars.compact();
    }

    private void empty(OutputStream out) throws IOException {
        out.write(encoded.array(), 0, encoded.position());
        encoded.clear();
    }
}
