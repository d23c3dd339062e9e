package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnType;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.SerializedObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Masks what detectors find in the values of one column and leaves everything else as it is: unlike a column rule it knows
 * nothing of the column, so a value without a finding must stay the object that the driver made.
 *
 * @param label the column's label, context for the detectors
 * @param steps one per rule, in file order; no detector is in two
 * @param streams the same rules for streams
 */
record ContentMask(String label, List<Step> steps, BodyMaskPlan streams) implements ColumnMask {

    /** One rule's mask, and what it looks for. */
    record Step(ColumnMask mask, Detection detection) {}

    /** So much of a stream is looked at to tell text from other bytes. */
    private static final int HEAD = 4096;

    /** Longer texts, and objects that Java serialised, are hidden as a whole. */
    private static final int LONGEST_TEXT = 16 << 20;

    @Override
    public String rule() {
        return steps.stream().map(s -> s.mask().rule()).distinct().collect(Collectors.joining(","));
    }

    @Override
    public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
        if (value == null || cannotHold(value)) {
            return value;
        }
        if (value instanceof InputStream stream) {
            return stream(stream);
        }
        if (value instanceof Reader reader) {
            return reader(reader);
        }
        boolean known = value instanceof String
                || value instanceof Number
                || value instanceof Character
                || value.getClass().isArray();
        Object masked = value;
        for (Step step : steps) {
            if (known || step.detection().isIn(value.toString(), label)) {
                // Of a class that is not known the mask yields nothing, which hides it as a whole.
                masked = masked == null ? null : step.mask().apply(masked, requested);
            }
        }
        return masked;
    }

    @Override
    public ColumnMask within(ColumnType type) {
        List<Step> fitted = steps.stream()
                .map(s -> new Step(s.mask().within(type), s.detection()))
                .toList();
        return new ContentMask(label, fitted, streams);
    }

    @Override
    public @Nullable String text(String value) {
        String masked = value;
        for (int i = 0; i < steps.size() && masked != null; i++) {
            masked = steps.get(i).mask().text(masked);
        }
        return masked;
    }

    @Override
    public boolean leaves(long whole) {
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).mask().leaves(whole)) {
                return false;
            }
        }
        return true;
    }

    private static boolean cannotHold(Object value) {
        return value instanceof Boolean
                || value instanceof Temporal
                || value instanceof Date
                || value instanceof UUID
                || value instanceof Duration
                || value instanceof Period;
    }

    private @Nullable Object stream(InputStream stream) {
        try {
            byte[] head = stream.readNBytes(HEAD);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), stream);
            if (SerializedObject.begins(head)) {
                byte[] object = whole.readNBytes(LONGEST_TEXT + 1);
                Object masked = object.length > LONGEST_TEXT ? null : apply(object, byte[].class);
                return masked instanceof byte[] bytes ? new ByteArrayInputStream(bytes) : InputStream.nullInputStream();
            }
            BodyMasker masker = TextHead.isText(head) ? streams.masker("text/plain;charset=utf-8") : null;
            return masker == null ? whole : masker.over(whole);
        } catch (IOException unreadable) {
            return InputStream.nullInputStream();
        }
    }

    private @Nullable Object reader(Reader reader) {
        try (reader) {
            StringBuilder text = new StringBuilder();
            char[] chunk = new char[8192];
            for (int n = reader.read(chunk); n >= 0; n = reader.read(chunk)) {
                text.append(chunk, 0, n);
                if (text.length() > LONGEST_TEXT) {
                    return new StringReader("***");
                }
            }
            Object masked = apply(text.toString(), String.class);
            return masked == null ? null : new StringReader((String) masked);
        } catch (IOException unreadable) {
            return new StringReader("***");
        }
    }
}
