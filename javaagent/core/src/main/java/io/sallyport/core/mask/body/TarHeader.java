package io.sallyport.core.mask.body;

/** The first block of a tar archive (POSIX.1, {@code ustar}; GNU tar's own form of it). */
final class TarHeader {

    /** Bytes of the block. */
    static final int LENGTH = 512;

    private static final int NAME = 100;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int MARK = 257;

    private TarHeader() {}

    /**
     * Whether an archive begins here. The mark alone does not say so, which any document can have at its place: the name must be one, and
     * the sum of all bytes true. (An archive without a mark, older than POSIX, is no document either, but not known for what it is.)
     */
    static boolean isAtStartOf(byte[] bytes, int length) {
        return length >= LENGTH && isMarked(bytes) && isName(bytes) && sum(bytes) == statedSum(bytes);
    }

    /** {@code ustar\0} of POSIX, {@code ustar  \0} of GNU: neither is text. */
    private static boolean isMarked(byte[] bytes) {
        for (int i = 0; i < 5; i++) {
            if (bytes[MARK + i] != "ustar".charAt(i)) {
                return false;
            }
        }
        return bytes[MARK + 5] == 0 || bytes[MARK + 5] == ' ' && bytes[MARK + 6] == ' ' && bytes[MARK + 7] == 0;
    }

    /** Not empty, none of it a control character, filled up with NUL, and not how a document begins. */
    private static boolean isName(byte[] bytes) {
        if ("{[<\"".indexOf(bytes[0]) >= 0) {
            return false;
        }
        int end = 0;
        while (end < NAME && bytes[end] != 0) {
            if (bytes[end] >= 0 && bytes[end] < ' ') {
                return false;
            }
            end++;
        }
        for (int i = end; i < NAME; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return end > 0;
    }

    /** Of all bytes, those of the sum itself taken for spaces. */
    private static int sum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += own ? ' ' : bytes[i] & 0xFF;
        }
        return sum;
    }

    /** Octal digits, with spaces before and a space or NUL behind; -1 where there are none. */
    private static int statedSum(byte[] bytes) {
        int at = CHECKSUM;
        int end = CHECKSUM + CHECKSUM_LENGTH;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        int stated = -1;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '7') {
            stated = Math.max(stated, 0) * 8 + bytes[at++] - '0';
        }
        return stated;
    }
}
