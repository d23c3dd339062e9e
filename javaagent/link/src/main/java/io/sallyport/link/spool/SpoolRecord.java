package io.sallyport.link.spool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One line of a spool, as read back.
 *
 * <h2>Format of a spool, version 1</h2>
 *
 * <p>A spool is a directory; its name is the spool's identifier. It holds segments {@code <first sequence, 16 digits>.jsonl}, read
 * in the order of their names. A segment is UTF-8 text, one record a line, each ended by a line feed, with exactly these bytes
 * around the event (no spaces, members in this order):
 *
 * <pre>
 * {"sequence":N,"previous":"P","event":{…},"hash":"H"}
 * </pre>
 *
 * <ul>
 *   <li>{@code N}: decimal, starts at 1, rises by one from line to line and across segments.
 *   <li>{@code event}: an {@link io.sallyport.core.record.Event} as JSON; members that are null are left out.
 *   <li>{@code H}: SHA-256, 64 lower-case hex digits, over the line's bytes from its first <code>{</code> up to and excluding
 *       {@code ,"hash":}.
 *   <li>{@code P}: the {@code H} of record N-1; for record 1 the SHA-256 of {@code "sallyport-spool-v1\n" + spool identifier}.
 * </ul>
 *
 * <p>Two more files may be there. {@code acknowledged}: the highest sequence number that the control plane has confirmed, decimal.
 * {@code deleted}: {@code "N H"} of the last record whose segment was deleted after it was confirmed; the first line that is left
 * must continue from it. A last line without line feed was cut off by the end of the process and counts as not written.
 *
 * @param sequence position in the spool, from 1
 * @param previous the chain before this record, hex
 * @param event the event's JSON text, UTF-8
 * @param hash the chain after this record, hex
 */
record SpoolRecord(long sequence, String previous, byte[] event, String hash) {

    static final String HEAD = "{\"sequence\":";
    static final String PREVIOUS = ",\"previous\":\"";
    static final String EVENT = "\",\"event\":";
    static final String HASH = ",\"hash\":\"";
    static final String TAIL = "\"}";

    /** Hex digits of a hash. */
    static final int HASH_LENGTH = 64;

    private static final String DOMAIN = "sallyport-spool-v1\n";

    /** The {@code previous} of a spool's first record. */
    static String genesis(String spool) {
        return HexFormat.of().formatHex(sha256().digest((DOMAIN + spool).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads one line, without its line feed.
     *
     * @return {@code null} when the line is not of the format or its hash is wrong
     */
    static @Nullable SpoolRecord parse(byte[] line, int length) {
        int tail = length - TAIL.length();
        int hash = tail - HASH_LENGTH;
        int body = hash - HASH.length();
        if (body <= HEAD.length()
                || !matches(line, 0, HEAD)
                || !matches(line, tail, TAIL)
                || !matches(line, body, HASH)) {
            return null;
        }
        int at = HEAD.length();
        long sequence = 0;
        int digits = 0;
        while (at < body && line[at] >= '0' && line[at] <= '9' && digits < 18) {
            sequence = sequence * 10 + (line[at++] - '0');
            digits++;
        }
        int previous = at + PREVIOUS.length();
        int event = previous + HASH_LENGTH + EVENT.length();
        if (digits == 0
                || event >= body
                || !matches(line, at, PREVIOUS)
                || !matches(line, previous + HASH_LENGTH, EVENT)) {
            return null;
        }
        MessageDigest digest = sha256();
        digest.update(line, 0, body);
        String claimed = ascii(line, hash);
        if (!HexFormat.of().formatHex(digest.digest()).equals(claimed)) {
            return null;
        }
        return new SpoolRecord(sequence, ascii(line, previous), Arrays.copyOfRange(line, event, body), claimed);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static boolean matches(byte[] line, int at, String expected) {
        if (at < 0 || at + expected.length() > line.length) {
            return false;
        }
        for (int i = 0; i < expected.length(); i++) {
            if (line[at + i] != (byte) expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(byte[] line, int at) {
        return new String(line, at, HASH_LENGTH, StandardCharsets.US_ASCII);
    }
}
