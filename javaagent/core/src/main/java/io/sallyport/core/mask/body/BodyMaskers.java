package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.detect.Detectors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Body mask plans from rules. */
public final class BodyMaskers {
    private BodyMaskers() {}

    /** A plan with the built-in detectors. */
    public static BodyMaskPlan plan(List<BodyRule> rules) {
        return plan(rules, Detectors.standard());
    }

    /**
     * A plan for one target; key and path rules come before detectors, then the order of the list.
     *
     * @param detectors those that the {@code detect} rules name
     * @return {@link BodyMaskPlan#NONE} without rules
     */
    public static BodyMaskPlan plan(List<BodyRule> rules, Detectors detectors) {
        return rules.isEmpty() ? BodyMaskPlan.NONE : new Plan(new BodyRules(rules, detectors));
    }

    /**
     * Chooses a masker by media type. A body without a type is judged by its first character; media types that are no text (images,
     * protocol buffers) pass.
     */
    private record Plan(BodyRules rules) implements BodyMaskPlan {

        @Override
        public @Nullable BodyMasker masker(@Nullable String contentType) {
            return masker(ContentType.parse(contentType));
        }

        @Nullable
        BodyMasker masker(ContentType type) {
            if (type.isJson() || type.isJsonSequence()) {
                return rules.concernsJson()
                        ? encoded(type, () -> new JsonMasker(rules, type.isJsonSequence()), Charsets::byZeros)
                        : null;
            } else if (type.isXml()) {
                return rules.concernsXml() ? encoded(type, () -> new XmlMasker(rules), Charsets::ofXml) : null;
            } else if (type.isMultipart()) {
                return new MultipartMasker(rules, type.parameters().get("boundary"), this::masker);
            } else if (type.isEventStream()) {
                return rules.concernsJson() ? new EventStreamMasker(rules) : null;
            } else if (type.isForm()) {
                return flat() ? encoded(type, () -> new FormMasker(rules), Plan::utf8) : null;
            } else if (type.isCsv() || type.isTsv()) {
                boolean header = !"absent".equalsIgnoreCase(type.parameters().get("header"));
                return flat()
                        ? encoded(type, () -> new CsvMasker(rules, type.isTsv() ? '\t' : 0, header), Charsets::byZeros)
                        : null;
            } else if (type.isText()) {
                return rules.detects() ? encoded(type, () -> new PlainTextMasker(rules), Charsets::byZeros) : null;
            }
            return type.type().isEmpty() ? new SniffingMasker(this::byFirstCharacter) : null;
        }

        private boolean flat() {
            return rules.hasKeys() || rules.detects();
        }

        private static Charset utf8(byte[] head, int length, boolean last) {
            return StandardCharsets.UTF_8;
        }

        private @Nullable BodyMasker byFirstCharacter(byte[] head, int length, boolean last) {
            for (int i = 0; i < length; i++) {
                byte b = head[i];
                if (b > ' ') {
                    String guess =
                            b == '{' || b == '[' ? "application/json" : b == '<' ? "application/xml" : "text/plain";
                    BodyMasker masker = masker(guess);
                    return masker == null ? Untouched.INSTANCE : masker;
                }
            }
            return last || length > 1024 ? Untouched.INSTANCE : null;
        }

        private interface CharsetSniffer {
            @Nullable
            Charset charset(byte[] head, int length, boolean last);
        }

        /** The masker behind the charset that the header names, or else the body itself. */
        private static BodyMasker encoded(ContentType type, Supplier<BodyMasker> masker, CharsetSniffer sniffer) {
            String name = type.parameters().get("charset");
            Charset declared = name == null ? null : Charsets.named(name);
            if (name != null && declared == null) {
                return new Refusing("the body's charset is unknown to this JVM");
            }
            if (declared != null
                    && !declared.name().equals("UTF-16")
                    && !declared.name().equals("UTF-32")) {
                return behind(declared, masker.get());
            }
            return new SniffingMasker((head, length, last) -> {
                try {
                    Charset charset = declared == null
                            ? sniffer.charset(head, length, last)
                            : Charsets.ordered(declared, head, length, last);
                    return charset == null ? null : behind(charset, masker.get());
                } catch (UnsupportedCharsetException unknown) {
                    return new Refusing("the body's charset is unknown to this JVM");
                }
            });
        }

        private static BodyMasker behind(Charset charset, BodyMasker masker) {
            return charset.equals(StandardCharsets.UTF_8) ? masker : new TranscodingMasker(masker, charset);
        }
    }

    /** Passes everything. */
    private static final class Untouched implements BodyMasker {
        static final Untouched INSTANCE = new Untouched();

        @Override
        public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void finish(OutputStream out) {}

        @Override
        public int masked() {
            return 0;
        }
    }

    /** Refuses every body that is not empty. */
    private record Refusing(String cause) implements BodyMasker {
        @Override
        public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
            if (length > 0) {
                throw new BodyRefusedException(cause + ", so that its mask rules cannot be applied");
            }
        }

        @Override
        public void finish(OutputStream out) {}

        @Override
        public int masked() {
            return 0;
        }
    }
}
