package io.sallyport.link.spool;

import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Identifiers of spools: start time (UTC, for people and for order) and 64 random bits. */
final class SpoolId {

    private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}");

    static String next() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return time(LocalDateTime.now(ZoneOffset.UTC)) + "-" + HexFormat.of().formatHex(random);
    }

    /** {@code 20261129T130609Z}. A formatter would bring sixty classes into each start. */
    static String time(LocalDateTime utc) {
        long date = (utc.getYear() * 100L + utc.getMonthValue()) * 100 + utc.getDayOfMonth();
        // The one in front keeps the zeros.
        long time = ((100L + utc.getHour()) * 100 + utc.getMinute()) * 100 + utc.getSecond();
        return date + "T" + Long.toString(time).substring(1) + "Z";
    }

    static boolean isOne(String name) {
        return FORM.matcher(name).matches();
    }

    private SpoolId() {}
}
