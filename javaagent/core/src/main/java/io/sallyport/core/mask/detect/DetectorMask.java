package io.sallyport.core.mask.detect;

import io.sallyport.core.mask.ColumnType;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.Numbers;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Masks what detectors find inside a value and leaves the rest; a value without findings is returned itself. Where findings of
 * rules overlap, a value is classified once by all detectors, so that a rule for telephone numbers does not mask half of a card.
 */
public final class DetectorMask implements MaskingFunction {
    private final Detection detection;
    private final String context;
    private final MaskingFunction function;
    /** {@code null} where the policy brings detectors of its own, of which nothing is known. */
    private final @Nullable FirstLook firstLook;

    /**
     * @param detection what is masked
     * @param context name of the column, key or field; empty if there is none
     * @param function what stands in place of a finding
     */
    public DetectorMask(Detection detection, String context, MaskingFunction function) {
        this.detection = detection;
        this.context = context;
        this.function = function;
        this.firstLook =
                Detectors.BUILT_IN.containsAll(detection.entities()) ? new FirstLook(detection.entities()) : null;
    }

    @Override
    public MaskingFunction within(ColumnType type) {
        MaskingFunction fitted = function.within(type);
        return fitted == function ? this : new DetectorMask(detection, context, fitted);
    }

    @Override
    public @Nullable String text(String clear) {
        List<Finding> findings = findings(clear);
        return findings.isEmpty() ? clear : masked(clear, findings, clear.length());
    }

    /** What is masked. */
    public Detection detection() {
        return detection;
    }

    /** What stands in place of a finding. */
    public MaskingFunction function() {
        return function;
    }

    /** What is masked in a text. */
    List<Finding> findings(String text) {
        if (firstLook != null && !firstLook.mayHold(text)) {
            return List.of();
        }
        return detection.find(text, context);
    }

    /** The text before {@code cut} with its findings masked; none of them lies across the cut. */
    String masked(String text, List<Finding> findings, int cut) {
        StringBuilder masked = new StringBuilder(cut);
        int copied = 0;
        for (Finding finding : findings) {
            if (finding.end() <= cut) {
                String replacement = function.text(text.substring(finding.start(), finding.end()));
                masked.append(text, copied, finding.start()).append(replacement == null ? "" : replacement);
                copied = finding.end();
            }
        }
        return masked.append(text, copied, cut).toString();
    }

    @Override
    public Reader reader(Reader clear) {
        return new DetectingReader(this, clear);
    }

    @Override
    public InputStream stream(InputStream clear) {
        return DetectingStream.over(this, clear);
    }

    @Override
    public @Nullable Number number(Number clear) {
        boolean whole = clear instanceof Integer || clear instanceof Long || clear instanceof Short;
        if (whole && leaves(clear.longValue())) {
            return clear;
        }
        BigDecimal decimal = Numbers.decimal(clear);
        if (decimal == null) {
            return clear;
        }
        // A whole number is one whatever its scale: 4111111111111111.00.
        BigDecimal shortest = decimal.scale() > 0 ? decimal.stripTrailingZeros() : decimal;
        return findings(shortest.toPlainString()).isEmpty() ? clear : function.number(clear);
    }

    @Override
    public boolean leaves(long whole) {
        return firstLook != null && !firstLook.mayHold(whole);
    }

    @Override
    public Boolean bool(boolean clear) {
        return clear;
    }

    @Override
    public Temporal temporal(Temporal clear) {
        return clear;
    }

    @Override
    public UUID uuid(UUID clear) {
        return clear;
    }

    @Override
    public byte @Nullable [] bytes(byte[] clear) {
        if (SerializedObject.begins(clear)) {
            // A text in it cannot be exchanged: what is around it says how long it is.
            boolean found = SerializedObject.texts(clear).stream()
                    .anyMatch(t -> !findings(t).isEmpty());
            return found ? whole() : clear;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(clear))
                    .toString();
            String masked = text(text);
            return masked == null || masked.equals(text) ? clear : masked.getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException notText) {
            return clear;
        }
    }

    /** What stands in place of bytes that are masked as a whole. */
    private byte @Nullable [] whole() {
        String text = function.replacement();
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String replacement() {
        return function.replacement();
    }

    /** Whether a piece of the text is a mask of the function. */
    @Override
    public boolean recognises(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || " \t\r\n,;:()[]{}<>\"'/=&?".indexOf(text.charAt(i)) >= 0) {
                if (i - start > 2 && function.recognises(text.substring(start, i))) {
                    return true;
                }
                start = i + 1;
            }
        }
        return function.recognises(text) && !text.isEmpty();
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return !(value instanceof String) || function.recognisable(value);
    }
}
