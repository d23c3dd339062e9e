package io.sallyport.core.record;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Call ids that people can read to each other: a random part per process (50 bits), then a counter, both in Crockford's base 32
 * ({@code 8k3f9x2m7q-1f}). Unique, ascending within a process, not secret. Thread-safe.
 */
public final class IncidentIds implements Supplier<String> {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int PREFIX_DIGITS = 10;

    private final String prefix;
    private final AtomicLong next = new AtomicLong(1);

    public IncidentIds() {
        SecureRandom random = new SecureRandom();
        StringBuilder p = new StringBuilder(PREFIX_DIGITS + 1);
        for (int i = 0; i < PREFIX_DIGITS; i++) {
            p.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        prefix = p.append('-').toString();
    }

    @Override
    public String get() {
        long n = next.getAndIncrement();
        int digits = Math.max(1, (64 - Long.numberOfLeadingZeros(n) + 4) / 5);
        StringBuilder id = new StringBuilder(prefix.length() + digits).append(prefix);
        for (int shift = (digits - 1) * 5; shift >= 0; shift -= 5) {
            id.append(DIGITS.charAt((int) (n >>> shift) & 31));
        }
        return id.toString();
    }
}
