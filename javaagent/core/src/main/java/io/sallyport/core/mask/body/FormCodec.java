package io.sallyport.core.mask.body;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding and plus signs: application/x-www-form-urlencoded of the WHATWG URL standard. */
final class FormCodec extends TextCodec {
    static final FormCodec INSTANCE = new FormCodec();

    private FormCodec() {}

    @Override
    boolean isSpecial(byte b) {
        return b == '%' || b == '+';
    }

    @Override
    long special(byte[] raw, int at, int to) {
        if (raw[at] == '+') {
            return unit(' ', 1);
        }
        int lead = octet(raw, at, to);
        if (lead < 0) {
            return unit('%', 1);
        }
        int length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        byte[] sequence = new byte[length];
        for (int i = 0; i < length; i++) {
            sequence[i] = (byte) octet(raw, at + 3 * i, to);
        }
        if (length == 1) {
            return unit(lead, 3);
        }
        long decoded = utf8(sequence, 0, length);
        return unit((int) decoded, 3 * (int) (decoded >>> 32));
    }

    /** The octet that {@code %XX} stands for, or -1. */
    private static int octet(byte[] raw, int at, int to) {
        if (at + 2 >= to || raw[at] != '%') {
            return -1;
        }
        int high = Character.digit(raw[at + 1], 16);
        int low = Character.digit(raw[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    @Override
    byte[] encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.US_ASCII);
    }
}
