package io.sallyport.core.mask.body;

import java.nio.charset.StandardCharsets;

/** Content of a quoted field, RFC 4180 section 2.7: a quote is doubled. */
final class CsvCodec extends TextCodec {
    static final CsvCodec QUOTED = new CsvCodec();

    private CsvCodec() {}

    @Override
    boolean isSpecial(byte b) {
        return b == '"';
    }

    @Override
    long special(byte[] raw, int at, int to) {
        return unit('"', at + 1 < to && raw[at + 1] == '"' ? 2 : 1);
    }

    @Override
    byte[] encode(String text) {
        return text.replace("\"", "\"\"").getBytes(StandardCharsets.UTF_8);
    }
}
