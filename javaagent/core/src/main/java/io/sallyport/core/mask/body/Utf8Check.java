package io.sallyport.core.mask.body;

/** Validity of UTF-8 (RFC 3629) byte by byte, across chunks: no overlong forms, no surrogates. Not thread-safe. */
final class Utf8Check {
    private int missing;
    private int low = 0x80;
    private int high = 0xBF;

    /** Whether a sequence is open. */
    boolean open() {
        return missing > 0;
    }

    /** Takes a byte; {@code false} if it cannot stand here. ASCII bytes may be left out while no sequence is open. */
    boolean accept(byte b) {
        int value = b & 0xFF;
        if (missing > 0) {
            boolean fits = value >= low && value <= high;
            missing--;
            low = 0x80;
            high = 0xBF;
            return fits;
        }
        if (value < 0x80) {
            return true;
        } else if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        if (value == 0xE0) {
            low = 0xA0;
        } else if (value == 0xED) {
            high = 0x9F;
        } else if (value == 0xF0) {
            low = 0x90;
        } else if (value == 0xF4) {
            high = 0x8F;
        }
        return true;
    }
}
