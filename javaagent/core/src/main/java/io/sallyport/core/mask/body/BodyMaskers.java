package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.detect.Detectors;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.function.Function;
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

    /** The charset that a {@code Content-Type} names; {@code null} where it names none, or one that this JVM does not know. */
    public static @Nullable Charset charset(@Nullable String contentType) {
        String name = ContentType.parse(contentType).parameters().get("charset");
        return name == null || name.isEmpty() ? null : Charsets.named(name);
    }

    /**
     * Chooses a masker by media type. What is declared as JSON, XML or multipart must be it, or it is refused; everything else is looked
     * at, for servers send JSON under any name. Pictures, sound and other media that are no text pass.
     */
    private record Plan(BodyRules rules) implements BodyMaskPlan {
        /** Multipart bodies in multipart bodies. */
        private static final int DEEPEST = 8;

        @Override
        public @Nullable BodyMasker masker(@Nullable String contentType) {
            return masker(ContentType.parse(contentType), 0);
        }

        private @Nullable BodyMasker masker(ContentType type, int depth) {
            if (type.isJson() || type.isJsonSequence()) {
                return rules.concernsJson()
                        ? encoded(type, () -> document(type.isJsonSequence()), Charsets::byZeros)
                        : null;
            } else if (type.isXml()) {
                return rules.concernsXml() ? encoded(type, () -> new XmlMasker(rules), Charsets::ofXml) : null;
            } else if (type.isMultipart()) {
                return depth == DEEPEST
                        ? new RefusingMasker("multipart bodies are nested too deep")
                        : new MultipartMasker(rules, type.parameters().get("boundary"), part -> part(part, depth + 1));
            } else if (type.isMessage()) {
                return depth == DEEPEST
                        ? new RefusingMasker("messages are nested too deep")
                        : new MessageMasker(rules, type.isHttpMessage(), part -> part(part, depth + 1));
            } else if (type.isUnreadDocument() && rules.governsJson()) {
                return unread("documents of the type " + type.type());
            } else if (type.isMedia()) {
                return null;
            } else if (type.isEventStream()) {
                return looked(type, start -> new EventStreamMasker(rules));
            } else if (type.isForm()) {
                return looked(type, start -> flat(() -> new FormMasker(rules)));
            } else if (type.isCsv() || type.isTsv()) {
                return type.isSpreadsheet() ? spreadsheet(type) : table(type);
            }
            return looked(type, start -> type.isText() || Structure.isText(start) ? text() : Untouched.INSTANCE);
        }

        /** Compressed or not: nothing else looks into a part for that. */
        private @Nullable BodyMasker part(ContentType type, int depth) {
            BodyMaskPlan parts = inside -> masker(ContentType.parse(inside), depth);
            return CompressedMedia.of(parts, type.header(), false);
        }

        /** What is declared as JSON, perhaps behind what keeps other sites from loading it. */
        private BodyMasker document(boolean sequence) {
            return new SniffingMasker((head, length, last) -> {
                byte first = length == 0 ? (byte) '{' : head[0];
                if (first != ')'
                        && first != 'f'
                        && first != '/'
                        && (first == 't' || first == 'n' || !isNameStart(first))) {
                    return json(sequence);
                }
                String start = Charsets.start(head, length, StandardCharsets.UTF_8, last);
                int prefix = PrefixedJson.prefixOf(start, last);
                if (prefix == PrefixedJson.UNTOLD) {
                    return null;
                }
                return prefix > 0 ? new PrefixedJson(new JsonMasker(rules, false), prefix) : json(sequence);
            });
        }

        private static boolean isNameStart(byte b) {
            return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == '$';
        }

        private BodyMasker json(boolean sequence) {
            return new JsonMasker(rules, sequence);
        }

        /** CSV and forms have names and values; paths are those of JSON in them. */
        private BodyMasker flat(Supplier<BodyMasker> masker) {
            return rules.governsJson() || rules.detects() ? masker.get() : Untouched.INSTANCE;
        }

        private BodyMasker table(ContentType type) {
            boolean header = !"absent".equalsIgnoreCase(type.parameters().get("header"));
            return looked(type, start -> flat(() -> new CsvMasker(rules, type.isTsv(), header)));
        }

        /** A table, or one of Excel's own files: a compound file (MS-CFB) or an archive. */
        private BodyMasker spreadsheet(ContentType type) {
            return new SniffingMasker((head, length, last) -> {
                if (length < 2 && !last) {
                    return null;
                }
                boolean file = length >= 2
                        && ((head[0] == (byte) 0xD0 && head[1] == (byte) 0xCF) || (head[0] == 'P' && head[1] == 'K'));
                return !file ? table(type) : rules.governsJson() ? unread("spreadsheets") : Untouched.INSTANCE;
            });
        }

        private static BodyMasker unread(String what) {
            return new RefusingMasker(what + " are not read here");
        }

        /** The masker behind the charset that the header names, or else the body itself. */
        private static BodyMasker encoded(ContentType type, Supplier<BodyMasker> masker, Charsets.Sniffer sniffer) {
            return Charsets.of(type, sniffer, charset -> behind(charset, masker.get()));
        }

        /** JSON or XML where the body looks like it, {@code otherwise} if not. */
        private BodyMasker looked(ContentType type, Function<String, BodyMasker> otherwise) {
            return Charsets.of(
                    type,
                    type.isForm() || type.isEventStream()
                            ? (head, length, last) -> StandardCharsets.UTF_8
                            : Charsets::byZeros,
                    charset -> new SniffingMasker((head, length, last) -> {
                        Structure seen = Structure.of(Charsets.start(head, length, charset, last), last);
                        if (seen == null) {
                            return null;
                        } else if (seen == Structure.JSON && rules.concernsJson()) {
                            return behind(charset, json(true), this::text);
                        } else if (seen == Structure.XML && rules.concernsXml() && type.mayBeXml()) {
                            return xml(charset, head, length);
                        }
                        if (type.mayBeScript() && rules.governsJson()) {
                            int prefix = PrefixedJson.prefixOf(Charsets.start(head, length, charset, last), last);
                            if (prefix == PrefixedJson.UNTOLD) {
                                return null;
                            } else if (prefix > 0) {
                                return behind(
                                        charset, new PrefixedJson(new JsonMasker(rules, false), prefix), this::text);
                            }
                        }
                        if (type.isScript() && rules.governsJson()) {
                            return unread("scripts other than JSON in a call or an assignment");
                        } else if (isUnreadMarkup(type, seen)) {
                            return unread(type.isSpreadsheet() ? "spreadsheets" : "pages of hypertext");
                        }
                        String start = Charsets.start(head, length, charset, last);
                        boolean table = rules.hasKeys() && type.mayBeTable();
                        if (table && !last && start.length() < Structure.LONGEST_LOOK && start.indexOf('\n') < 0) {
                            return null;
                        } else if (table && CsvHead.looksGoverned(start, last, rules)) {
                            return behind(charset, new CsvMasker(rules, false, true), this::text);
                        }
                        boolean unnamed = rules.detects() && !type.isText();
                        if (unnamed && !last && start.length() < Structure.SHORTEST_TEXT && Structure.isText(start)) {
                            return null;
                        }
                        BodyMasker masker = otherwise.apply(start);
                        return masker == Untouched.INSTANCE
                                ? masker
                                : behind(charset, masker, () -> otherwise.apply(start));
                    }));
        }

        /** Markup that has places for what a key or path names, but no names that could be read. */
        private boolean isUnreadMarkup(ContentType type, Structure seen) {
            boolean page = type.isHypertext() || (seen == Structure.HYPERTEXT && type.mayBeXml());
            boolean sheet = type.isSpreadsheet() && (seen == Structure.XML || seen == Structure.HYPERTEXT);
            return (page || sheet) && rules.governsMarkup();
        }

        private BodyMasker xml(Charset charset, byte[] head, int length) {
            try {
                Charset own = charset.equals(StandardCharsets.UTF_8) ? Charsets.ofXml(head, length, true) : charset;
                return behind(own == null ? charset : own, new XmlMasker(rules));
            } catch (UnsupportedCharsetException unknown) {
                return RefusingMasker.unknownCharset();
            }
        }

        private BodyMasker text() {
            return rules.detects() ? new PlainTextMasker(rules) : Untouched.INSTANCE;
        }

        private static BodyMasker behind(Charset charset, BodyMasker masker) {
            return charset.equals(StandardCharsets.UTF_8) ? masker : new TranscodingMasker(masker, charset);
        }

        /** @param plain reads the bytes as ASCII, where the charset does not */
        private static BodyMasker behind(Charset charset, BodyMasker masker, Supplier<BodyMasker> plain) {
            BodyMasker behind = behind(charset, masker);
            return Charsets.holdsAscii(charset)
                    ? behind
                    : new DoubtfulMasker(
                            charset, behind, new TranscodingMasker(plain.get(), StandardCharsets.ISO_8859_1));
        }
    }
}
