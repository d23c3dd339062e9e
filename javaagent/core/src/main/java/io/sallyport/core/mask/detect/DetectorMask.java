package io.sallyport.core.mask.detect;

import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.Numbers;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Masks what detectors find inside a value and leaves the rest; a value without findings is returned itself. Where findings of
 * rules overlap, a value is classified once by all detectors, so that a rule for telephone numbers does not mask half of a card.
 */
public final class DetectorMask implements MaskingFunction {
    private final Detectors detectors;
    private final Set<String> entities;
    private final String context;
    private final MaskingFunction function;

    /**
     * @param entities names of the detectors whose findings are masked
     * @param context name of the column, key or field; empty if there is none
     * @param function what stands in place of a finding
     */
    public DetectorMask(Detectors detectors, Set<String> entities, String context, MaskingFunction function) {
        this.detectors = detectors;
        this.entities = Set.copyOf(entities);
        this.context = context;
        this.function = function;
    }

    @Override
    public @Nullable String text(String clear) {
        List<Finding> findings = detectors.find(clear, context);
        StringBuilder masked = null;
        int copied = 0;
        for (Finding finding : findings) {
            if (!entities.contains(finding.entity())) {
                continue;
            }
            if (masked == null) {
                masked = new StringBuilder(clear.length());
            }
            String replacement = function.text(clear.substring(finding.start(), finding.end()));
            masked.append(clear, copied, finding.start()).append(replacement == null ? "" : replacement);
            copied = finding.end();
        }
        return masked == null
                ? clear
                : masked.append(clear, copied, clear.length()).toString();
    }

    @Override
    public @Nullable Number number(Number clear) {
        BigDecimal decimal = Numbers.decimal(clear);
        return decimal != null && finds(decimal.toPlainString()) ? function.number(clear) : clear;
    }

    private boolean finds(String text) {
        for (Finding finding : detectors.find(text, context)) {
            if (entities.contains(finding.entity())) {
                return true;
            }
        }
        return false;
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
