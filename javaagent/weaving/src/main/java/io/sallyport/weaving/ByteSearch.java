package io.sallyport.weaving;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether bytes hold a text (Horspool 1980): most looks are at every {@code text.length()}th byte alone. Every class file that an application
 * loads is searched, most of them before anything is compiled. Immutable.
 */
final class ByteSearch {

    private final byte[] text;
    /** By the byte under the text's last: how far the text may be moved on. */
    private final int[] steps = new int[256];

    /** @param text ASCII, not empty */
    ByteSearch(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
        int last = this.text.length - 1;
        Arrays.fill(steps, this.text.length);
        for (int i = 0; i < last; i++) {
            steps[this.text[i]] = last - i;
        }
    }

    boolean isIn(byte[] bytes) {
        byte[] wanted = text;
        int[] step = steps;
        int last = wanted.length - 1;
        byte end = wanted[last];
        for (int i = last; i < bytes.length; i += step[bytes[i] & 0xff]) {
            if (bytes[i] == end && Arrays.equals(bytes, i - last, i, wanted, 0, last)) {
                return true;
            }
        }
        return false;
    }
}
