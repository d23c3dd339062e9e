package io.sallyport.core.mask.body;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of one value that wait for their end. Not thread-safe. */
final class Held {
    private byte[] bytes = new byte[256];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (bytes.length > 1 << 16) {
            bytes = new byte[256];
        }
    }

    void add(byte[] from, int start, int end) {
        int more = end - start;
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        System.arraycopy(from, start, bytes, length, more);
        length += more;
    }

    void add(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = b;
    }

    void dropFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    void dropLast(int count) {
        length -= count;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }
}
