package io.sallyport.core.record;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Call ids that people can read to each other: a random part per process (50 bits), then a counter, both in Crockford's base 32
 * ({@code 8k3f9x2m7q-1f}). Unique, ascending within a process, not secret. Thread-safe.
 */
public final class IncidentIds implements CallIds {

    private static final byte[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX_DIGITS = 10;
    private static final int LONGEST = PREFIX_DIGITS + 1 + 13;

    private final byte[] prefix = new byte[PREFIX_DIGITS + 1];
    private final AtomicLong next = new AtomicLong(1);

    public IncidentIds() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < PREFIX_DIGITS; i++) {
            prefix[i] = DIGITS[random.nextInt(DIGITS.length)];
        }
        prefix[PREFIX_DIGITS] = '-';
    }

    @Override
    public String get() {
        return text(draw());
    }

    @Override
    public long draw() {
        return next.getAndIncrement();
    }

    @Override
    public String text(long number) {
        byte[] id = new byte[LONGEST];
        return new String(id, 0, write(number, id, 0), StandardCharsets.US_ASCII);
    }

    @Override
    public int write(long number, byte[] into, int at) {
        System.arraycopy(prefix, 0, into, at, prefix.length);
        int end = at + prefix.length;
        int digits = Math.max(1, (64 - Long.numberOfLeadingZeros(number) + 4) / 5);
        for (int shift = (digits - 1) * 5; shift >= 0; shift -= 5) {
            into[end++] = DIGITS[(int) (number >>> shift) & 31];
        }
        return end;
    }
}
