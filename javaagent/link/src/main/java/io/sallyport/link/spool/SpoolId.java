package io.sallyport.link.spool;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Identifiers of spools: start time (UTC, for people and for order) and 64 random bits. */
final class SpoolId {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}");

    static String next() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(random);
    }

    static boolean isOne(String name) {
        return FORM.matcher(name).matches();
    }

    private SpoolId() {}
}
