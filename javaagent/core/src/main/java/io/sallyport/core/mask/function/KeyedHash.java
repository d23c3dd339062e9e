package io.sallyport.core.mask.function;

import io.sallyport.core.mask.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code {hash: keyName}}: a pseudonym that is equal for equal values, so that joins and counts still work, and that nobody
 * without the key can link to a value by guessing.
 *
 * <p>Text becomes 40 hexadecimal digits: the first 16 bytes of HMAC-SHA256 (RFC 2104) over the UTF-8 text, and 4 bytes
 * computed from these with a second key, by which a pseudonym is recognised when it comes back. Numbers become a number
 * from 0 to the greatest of their class, computed over their shortest decimal form; UUIDs become version 8 UUIDs.
 *
 * <p>A column of 8 to 39 characters gets a {@link NarrowPseudonym} of its width, a narrower one is redacted; numbers beyond the
 * column's range are folded into it. Pseudonyms join between columns of the same width.
 */
final class KeyedHash implements MaskingFunction {
    private static final HexFormat HEX = HexFormat.of();
    private static final int NAME = 16;
    private static final int TAG = RecognitionTag.LENGTH;

    private final HmacSha256 mac;
    private final RecognitionTag tag;
    private final NarrowPseudonym narrow;
    private final ColumnType column;

    KeyedHash(byte[] key) {
        HmacSha256 master = new HmacSha256(key);
        this.mac = new HmacSha256(master.of("sallyport hash".getBytes(StandardCharsets.UTF_8)));
        this.tag = new RecognitionTag(master.of("sallyport hash tag".getBytes(StandardCharsets.UTF_8)));
        this.narrow = new NarrowPseudonym(mac, tag);
        this.column = ColumnType.UNKNOWN;
    }

    private KeyedHash(KeyedHash general, ColumnType column) {
        this.mac = general.mac;
        this.tag = general.tag;
        this.narrow = general.narrow;
        this.column = column;
    }

    @Override
    public MaskingFunction within(ColumnType type) {
        return type.width() < NarrowPseudonym.SHORTEST ? MaskingFunctions.redact() : new KeyedHash(this, type);
    }

    @Override
    public String text(String clear) {
        byte[] utf8 = clear.getBytes(StandardCharsets.UTF_8);
        return column.width() < 2 * (NAME + TAG) ? narrow.of(utf8, column.width()) : HEX.formatHex(pseudonym(utf8));
    }

    private byte[] pseudonym(byte[] clear) {
        byte[] name = mac.of(clear);
        byte[] result = new byte[NAME + TAG];
        System.arraycopy(name, 0, result, 0, NAME);
        System.arraycopy(tag.of(name, NAME), 0, result, NAME, TAG);
        return result;
    }

    @Override
    public @Nullable Number number(Number clear) {
        BigDecimal decimal = Numbers.decimal(clear);
        if (decimal == null) {
            return Neutral.number(clear);
        }
        String canonical =
                decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        byte[] name = mac.of(canonical.getBytes(StandardCharsets.UTF_8));
        long positive = ByteBuffer.wrap(name).getLong() >>> 1;
        Number masked = ofClass(clear, decimal, name, positive);
        BigDecimal max = column.max();
        BigDecimal value = max == null || masked == null ? null : Numbers.decimal(masked);
        if (max == null || value == null || column.holds(value)) {
            return masked;
        }
        BigInteger most = max.unscaledValue().add(BigInteger.ONE);
        BigInteger folded = value.setScale(column.scale(), RoundingMode.DOWN)
                .unscaledValue()
                .mod(most);
        return Numbers.like(clear, new BigDecimal(folded, column.scale()));
    }

    private static @Nullable Number ofClass(Number clear, BigDecimal decimal, byte[] name, long positive) {
        if (clear instanceof Integer) {
            return (int) (positive >>> 32);
        } else if (clear instanceof Short) {
            return (short) (positive >>> 48);
        } else if (clear instanceof Byte) {
            return (byte) (positive >>> 56);
        } else if (clear instanceof BigDecimal) {
            // As many digits as the clear value had fit its column.
            BigInteger bound = BigInteger.TEN.pow(decimal.precision());
            return new BigDecimal(new BigInteger(1, name).mod(bound), decimal.scale());
        } else if (clear instanceof Float || clear instanceof Double) {
            return Numbers.like(clear, BigDecimal.valueOf(positive >>> 40));
        }
        return Numbers.like(clear, BigDecimal.valueOf(positive));
    }

    @Override
    public @Nullable UUID uuid(UUID clear) {
        ByteBuffer name = ByteBuffer.wrap(mac.of(clear.toString().getBytes(StandardCharsets.UTF_8)));
        long high = (name.getLong() & ~0xF000L) | 0x8000L;
        long low = (name.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    @Override
    public byte @Nullable [] bytes(byte[] clear) {
        String text = Utf8.textOrNull(clear);
        if (text != null) {
            return text(text).getBytes(StandardCharsets.UTF_8);
        }
        return column.width() < NAME + TAG
                ? narrow.of(clear, column.width()).getBytes(StandardCharsets.UTF_8)
                : pseudonym(clear);
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        if (value instanceof String text) {
            return isPseudonym(text);
        } else if (value instanceof byte[] bytes) {
            String text = Utf8.textOrNull(bytes);
            return bytes.length == NAME + TAG && hasTag(bytes) || text != null && isPseudonym(text);
        }
        return Neutral.is(value);
    }

    private boolean isPseudonym(String text) {
        if (text.length() != 2 * (NAME + TAG)) {
            return Neutral.isText(text) || (text.length() < 2 * (NAME + TAG) && narrow.recognises(text));
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return hasTag(HEX.parseHex(text));
    }

    private boolean hasTag(byte[] pseudonym) {
        return java.util.Arrays.equals(tag.of(pseudonym, NAME), 0, TAG, pseudonym, NAME, NAME + TAG);
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return !(value instanceof Number) && !(value instanceof UUID);
    }
}
