package io.sallyport.core.record;

import io.sallyport.core.record.ValuePlan.Exposure;
import io.sallyport.core.record.ValuePlan.Slot;
import io.sallyport.core.record.credential.CredentialNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a statement's values as one line: {@code 42, 'open', NULL, hmac:9f86d081884c7d65}; a batch as {@code (1, 'a'), (2, 'b')}. Texts are
 * in quotes, long ones are cut, what may not be known is a hash or {@code …}, what has no text is its class in angle brackets. Bounded; what
 * does not fit is {@code …}. Thread-safe; whole numbers, texts, booleans and NULL are written without an allocation.
 */
final class ValueText {

    /** Most bytes that {@link #write} takes. */
    static final int MOST = 1024;

    /** Most characters of one text. */
    private static final int MOST_TEXT = 64;

    /** Room that one value, or the end of the line, may take. */
    private static final int RESERVE = 300;

    private static final int NO_NAME = -1;

    /** Each may be what another names. */
    private static final int SEVERAL_NAMES = -2;

    private static final byte[] NULL = ascii("NULL");
    private static final byte[] TRUE = ascii("TRUE");
    private static final byte[] FALSE = ascii("FALSE");
    private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEXT = ascii(", ");
    private static final byte[] NEXT_SET = ascii("), (");
    private static final byte[] SMALLEST = ascii(Long.toString(Long.MIN_VALUE));

    private final Supplier<byte @Nullable []> key;
    private volatile @Nullable ValueHash hash;

    /** @param key asked at the first value that needs it; where it is {@code null}, what would be hashed is withheld */
    ValueText(Supplier<byte @Nullable []> key) {
        this.key = key;
    }

    /**
     * @param sets bound parameters, as {@link io.sallyport.core.command.SqlCommand} has them
     * @param into has room for {@link #MOST} bytes behind {@code at}
     * @return the position behind the line; {@code at} where there are no values
     */
    int write(ValuePlan plan, List<List<@Nullable Object>> sets, byte[] into, int at) {
        int batch = sets.size();
        if (batch == 0) {
            return set(plan, List.of(), into, at, at + MOST - RESERVE);
        }
        if (batch == 1) {
            return set(plan, sets.get(0), into, at, at + MOST - RESERVE);
        }
        int limit = at + MOST - RESERVE;
        int end = at;
        into[end++] = '(';
        for (int i = 0; i < batch; i++) {
            if (i > 0) {
                end = put(NEXT_SET, into, end);
            }
            if (end > limit) {
                end = put(CUT, into, end);
                break;
            }
            end = set(plan, sets.get(i), into, end, limit);
        }
        into[end++] = ')';
        return end;
    }

    private int set(ValuePlan plan, List<@Nullable Object> bound, byte[] into, int at, int limit) {
        List<Slot> slots = plan.slots();
        int parameters = 0;
        for (int i = 0; i < slots.size(); i++) {
            parameters += slots.get(i).literal() == null ? 1 : 0;
        }
        // Where the places are not those of the parameters, none of them is trusted.
        boolean placed = parameters == bound.size();
        int name = nameAmong(bound);
        int end = at;
        int parameter = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            String literal = slot.literal();
            if (literal == null && !placed) {
                continue;
            }
            if (end > at) {
                end = put(NEXT, into, end);
            }
            if (end > limit) {
                return put(CUT, into, end);
            }
            boolean beside = name != NO_NAME && (literal != null || name != parameter);
            Exposure exposure = beside ? Exposure.WITHHELD : slot.exposure();
            end = literal == null
                    ? value(plan, bound.get(parameter++), exposure, into, end)
                    : text(plan, literal, slot.quoted(), exposure, into, end);
        }
        for (int i = 0; !placed && i < bound.size(); i++) {
            if (end > at) {
                end = put(NEXT, into, end);
            }
            if (end > limit) {
                return put(CUT, into, end);
            }
            boolean beside = name != NO_NAME && name != i;
            end = value(plan, bound.get(i), beside ? Exposure.WITHHELD : plan.otherwise(), into, end);
        }
        return end;
    }

    /** Which parameter names a credential that another value of the set may be. */
    private static int nameAmong(List<@Nullable Object> bound) {
        int name = NO_NAME;
        for (int i = 0; i < bound.size(); i++) {
            if (bound.get(i) instanceof String text && CredentialNames.isName(text)) {
                if (name != NO_NAME) {
                    return SEVERAL_NAMES;
                }
                name = i;
            }
        }
        return name;
    }

    private int value(ValuePlan plan, @Nullable Object value, Exposure exposure, byte[] into, int at) {
        if (exposure == Exposure.WITHHELD) {
            return put(CUT, into, at);
        } else if (value == null) {
            return put(NULL, into, at);
        } else if (value instanceof String text) {
            return text(plan, text, true, exposure, into, at);
        } else if (value instanceof Boolean flag) {
            // One of two is no secret that a hash could keep.
            return exposure == Exposure.CLEAR ? put(flag ? TRUE : FALSE, into, at) : put(CUT, into, at);
        } else if (exposure == Exposure.CLEAR && PlainValues.isWhole(value)) {
            long number = ((Number) value).longValue();
            if (!plan.detected().mayBeIn(number)) {
                return number(number, into, at);
            }
        }
        if (PlainValues.isPlain(value)) {
            return text(plan, value.toString(), !(value instanceof Number), exposure, into, at);
        }
        if (value instanceof byte[] bytes) {
            return exposure == Exposure.HASHED
                    ? hashed(bytes, into, at)
                    : put(ascii("<" + bytes.length + " bytes>"), into, at);
        }
        return put(ascii("<" + shortName(value.getClass()) + ">"), into, at);
    }

    private static String shortName(Class<?> type) {
        String name = type.getSimpleName();
        return name.length() > 40 ? name.substring(0, 40) : name;
    }

    private int text(ValuePlan plan, String text, boolean quoted, Exposure exposure, byte[] into, int at) {
        Exposure as = plan.of(text, exposure);
        if (as == Exposure.WITHHELD) {
            return put(CUT, into, at);
        }
        if (as == Exposure.HASHED) {
            return hashed(text.getBytes(StandardCharsets.UTF_8), into, at);
        }
        int end = at;
        if (quoted) {
            into[end++] = '\'';
        }
        int n = Math.min(text.length(), MOST_TEXT);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == '\'' && quoted) {
                    into[end++] = '\'';
                }
                into[end++] = (byte) (c < ' ' ? ' ' : c);
            } else if (c < 0x800) {
                into[end++] = (byte) (0xc0 | c >> 6);
                into[end++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                into[end++] = (byte) (0xe0 | c >> 12);
                into[end++] = (byte) (0x80 | c >> 6 & 0x3f);
                into[end++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i + 1 < n && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                into[end++] = (byte) (0xf0 | point >> 18);
                into[end++] = (byte) (0x80 | point >> 12 & 0x3f);
                into[end++] = (byte) (0x80 | point >> 6 & 0x3f);
                into[end++] = (byte) (0x80 | point & 0x3f);
            } else {
                into[end++] = '?';
            }
        }
        if (n < text.length()) {
            end = put(CUT, into, end);
        }
        if (quoted) {
            into[end++] = '\'';
        }
        return end;
    }

    private int hashed(byte[] value, byte[] into, int at) {
        ValueHash made = hash;
        if (made == null) {
            byte[] secret = key.get();
            if (secret == null) {
                return put(CUT, into, at);
            }
            made = new ValueHash(secret);
            hash = made;
        }
        return made.write(value, into, at);
    }

    private static int number(long value, byte[] into, int at) {
        if (value == Long.MIN_VALUE) {
            return put(SMALLEST, into, at);
        }
        int end = at;
        long rest = value;
        if (rest < 0) {
            into[end++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long up = rest; up >= 10; up /= 10) {
            digits++;
        }
        for (int i = end + digits - 1; i >= end; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end + digits;
    }

    private static int put(byte[] bytes, byte[] into, int at) {
        System.arraycopy(bytes, 0, into, at, bytes.length);
        return at + bytes.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
