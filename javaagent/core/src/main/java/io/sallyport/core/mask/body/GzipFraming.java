package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;

/** The bytes of a gzip member around its compressed data (RFC 1952 section 2.3), at any split. Not thread-safe. */
final class GzipFraming {

    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CHECK = 2;
    private static final int RESERVED = 0xE0;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA_DATA,
        NAME,
        COMMENT,
        HEADER_CHECK,
        DATA,
        TRAILER
    }

    private Part part = Part.FIXED;
    private int seen;
    private int flags;
    private int extra;
    private boolean anyMember;
    private boolean padding;

    boolean inData() {
        return part == Part.DATA;
    }

    void dataEnded() {
        enter(Part.TRAILER);
    }

    /** Whether the input may end here; an empty input is an empty body. */
    boolean betweenMembers() {
        return part == Part.FIXED && seen == 0;
    }

    /** Takes bytes up to the beginning of compressed data; returns the position behind the last one taken. */
    int skip(byte[] bytes, int offset, int end) throws IOException {
        int at = offset;
        while (at < end && part != Part.DATA) {
            take(bytes[at++] & 0xFF);
        }
        return at;
    }

    private void take(int b) throws IOException {
        switch (part) {
            case FIXED -> fixed(b);
            case EXTRA_LENGTH -> {
                extra |= b << 8 * seen++;
                if (seen == 2) {
                    enter(extra == 0 ? after(Part.EXTRA_DATA) : Part.EXTRA_DATA);
                }
            }
            case EXTRA_DATA -> {
                if (++seen == extra) {
                    enter(after(Part.EXTRA_DATA));
                }
            }
            case NAME, COMMENT -> {
                if (b == 0) {
                    enter(after(part));
                }
            }
            case HEADER_CHECK -> {
                if (++seen == 2) {
                    enter(Part.DATA);
                }
            }
            case TRAILER -> {
                if (++seen == 8) {
                    anyMember = true;
                    flags = 0;
                    extra = 0;
                    enter(Part.FIXED);
                }
            }
            case DATA -> throw new IllegalStateException("compressed data is not framing");
        }
    }

    private void fixed(int b) throws IOException {
        if (seen == 0 && anyMember && b == 0) {
            // Tapes and block devices fill up with zeros, which gzip leaves aside.
            padding = true;
            return;
        }
        boolean right = !padding && isHeader(b);
        if (!right) {
            throw new BodyRefusedException(
                    (anyMember ? "bytes behind a gzip body" : "a body that is called gzip and is not")
                            + " cannot be masked");
        }
        if (seen == 3) {
            flags = b;
        }
        if (++seen == 10) {
            enter((flags & EXTRA) != 0 ? Part.EXTRA_LENGTH : after(Part.EXTRA_DATA));
        }
    }

    private boolean isHeader(int b) {
        return switch (seen) {
            case 0 -> b == 0x1F;
            case 1 -> b == 0x8B;
            case 2 -> b == 8;
            case 3 -> (b & RESERVED) == 0;
            default -> true;
        };
    }

    private Part after(Part done) {
        if (done.compareTo(Part.NAME) < 0 && (flags & NAME) != 0) {
            return Part.NAME;
        }
        if (done.compareTo(Part.COMMENT) < 0 && (flags & COMMENT) != 0) {
            return Part.COMMENT;
        }
        return (flags & HEADER_CHECK) != 0 ? Part.HEADER_CHECK : Part.DATA;
    }

    private void enter(Part next) {
        part = next;
        seen = 0;
    }
}
