package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.DetectorMask;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document that is a column's value: the function masks each of its strings, numbers and truth values, so that what comes out is a
 * document of the same shape. Member names stay, except where detectors find something in them. Thread-safe.
 */
public final class JsonColumn {
    private static final String RULE = "column";

    private final BodyRules rules;

    private JsonColumn(BodyRules rules) {
        this.rules = rules;
    }

    /** @return {@code null} for a function that replaces every value by the same: it replaces a document as a whole */
    public static @Nullable JsonColumn of(MaskingFunction function) {
        if (function.hidesWhole()) {
            return null;
        } else if (function instanceof DetectorMask found) {
            Detection detection = found.detection();
            return new JsonColumn(new BodyRules(
                    List.of(new BodyRule.Detect(RULE, detection.entities(), found.function())), detection.detectors()));
        }
        return new JsonColumn(new BodyRules(
                List.of(
                        new BodyRule.Path(RULE, "$", function),
                        new BodyRule.Detect(RULE, Detectors.BUILT_IN, MaskingFunctions.redact())),
                Detectors.standard()));
    }

    /** Whether a text could be a document; a quick look. */
    public static boolean mayBe(String text) {
        return !text.isEmpty() && (text.charAt(0) == '{' || text.charAt(0) == '[');
    }

    /** The masked document; {@code null} if the text is none. */
    public @Nullable String mask(String text) {
        if (Structure.of(text, true) != Structure.JSON) {
            return null;
        }
        byte[] clear = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream masked = new ByteArrayOutputStream(clear.length);
        BodyMasker masker = new JsonMasker(rules, false);
        try {
            masker.update(clear, 0, clear.length, masked);
            masker.finish(masked);
        } catch (IOException noDocument) {
            return null;
        }
        return masker.masked() == 0 ? text : masked.toString(StandardCharsets.UTF_8);
    }
}
