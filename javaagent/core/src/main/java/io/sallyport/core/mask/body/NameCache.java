package io.sallyport.core.mask.body;

import io.sallyport.core.mask.body.BodyRules.Mask;
import io.sallyport.core.mask.detect.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the member names of one body, so that a name that comes a thousand times is decoded once. Bounded. */
final class NameCache {
    private static final int SLOTS = 256;
    private static final int LONGEST = 64;

    /**
     * @param head its first eight bytes, zeros behind a shorter one
     * @param slot where it is kept; negative for a name that is not
     * @param wraps whether a value so named is that of its container
     * @param masked the name's bytes with findings masked; {@code null} for a name without findings
     */
    record Name(
            long head,
            int slot,
            byte[] raw,
            String text,
            boolean wraps,
            @Nullable Mask key,
            byte @Nullable [] masked) {

        /** Whether it stands there, which is within the array as a whole. */
        boolean is(byte[] bytes, int from) {
            int length = raw.length;
            if (length == 0 || from + 8 > bytes.length) {
                return Arrays.equals(raw, 0, length, bytes, from, from + length);
            }
            long differs = (long) WORDS.get(bytes, from) ^ head;
            return length <= 8
                    ? differs << (8 - length) * 8 == 0
                    : differs == 0 && Arrays.equals(raw, 8, length, bytes, from + 8, from + length);
        }
    }

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Name[] slots = new Name[SLOTS];
    /** By the slot of a name, that of the name which came behind it the last time. */
    private final int[] followers = new int[SLOTS];

    private final BodyRules rules;
    private final DetectWindow window;
    private final TextCodec codec;

    NameCache(BodyRules rules, TextCodec codec) {
        this.rules = rules;
        this.window = new DetectWindow(rules, codec);
        this.codec = codec;
    }

    Name of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return read(-1, bytes, from, to);
        }
        int slot = slot(bytes, from, to);
        Name known = slots[slot];
        if (known != null && Arrays.equals(known.raw, 0, known.raw.length, bytes, from, to)) {
            return known;
        }
        Name name = read(slot, bytes, from, to);
        slots[slot] = name;
        return name;
    }

    /** Behind {@code before} came {@code name}. */
    void followed(Name before, Name name) {
        if (before.slot >= 0 && name.slot >= 0) {
            followers[before.slot] = name.slot;
        }
    }

    /** The name that came behind this one the last time, or another one, or {@code null}. */
    @Nullable
    Name follower(Name before) {
        return before.slot < 0 ? null : slots[followers[before.slot]];
    }

    /** By length and both ends: names of one kind of document rarely agree in all of them. */
    private static int slot(byte[] bytes, int from, int to) {
        int length = to - from;
        long mixed = length;
        if (length >= 8) {
            mixed += (long) WORDS.get(bytes, from) * 31 + (long) WORDS.get(bytes, to - 8);
        } else {
            for (int i = from; i < to; i++) {
                mixed = mixed * 31 + bytes[i];
            }
        }
        return (int) (mixed * 0x9E37_79B9_7F4A_7C15L >>> 56);
    }

    private Name read(int slot, byte[] bytes, int from, int to) {
        String text = codec.decode(bytes, from, to);
        byte[] masked = null;
        if (rules.detects()) {
            List<Finding> findings = window.find(bytes, from, to, "");
            if (!findings.isEmpty()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    window.writeMasked(bytes, from, to, findings, out);
                } catch (IOException never) {
                    throw new UncheckedIOException(never);
                }
                masked = out.toByteArray();
            }
        }
        return new Name(
                (long) WORDS.get(Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), Math.max(8, to - from)), 0),
                slot,
                Arrays.copyOfRange(bytes, from, to),
                text,
                WrapperNames.isOne(text),
                rules.memberKey(text),
                masked);
    }
}
