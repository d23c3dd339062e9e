package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.detect.Finding;
import io.sallyport.core.mask.detect.FirstLook;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.Neutral;
import io.sallyport.core.mask.function.Numbers;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of one plan, sorted for the maskers. Key and path rules come before detectors, then the order of the list. Immutable. */
final class BodyRules {

    /** A rule's function and its place; the lower place wins. */
    record Mask(String rule, int order, MaskingFunction function) {

        /** The one that comes first. */
        static @Nullable Mask first(@Nullable Mask a, @Nullable Mask b) {
            return a == null ? b : b == null || a.order <= b.order ? a : b;
        }

        /** Masked text, or {@code null} for NULL; a function that fails hides the value as a whole. */
        @Nullable
        String text(String clear) {
            try {
                return function.text(clear);
            } catch (RuntimeException | StackOverflowError failed) {
                return Neutral.TEXT;
            }
        }

        /** Masked number as text, or {@code null} for NULL. */
        @Nullable
        String number(String clear) {
            if (function.isUntyped()) {
                return '"' + text(clear) + '"';
            }
            BigDecimal decimal = Numbers.parse(clear);
            try {
                Number masked = function.number(decimal == null ? BigDecimal.ZERO : decimal);
                if (masked == null) {
                    return null;
                }
                BigDecimal result = Numbers.decimal(masked);
                return decimal == null || result == null ? "0" : result.toPlainString();
            } catch (RuntimeException | StackOverflowError failed) {
                return "0";
            }
        }

        /** Masked truth value as text, or {@code null} for NULL. */
        @Nullable
        String bool(boolean clear) {
            if (function.isUntyped()) {
                // One of two is no secret that a hash could keep.
                return '"' + replacement() + '"';
            }
            try {
                Boolean masked = function.bool(clear);
                return masked == null ? null : masked.toString();
            } catch (RuntimeException failed) {
                return "false";
            }
        }

        /** Stands for values that are too long to look at. */
        @Nullable
        String replacement() {
            try {
                return function.replacement();
            } catch (RuntimeException failed) {
                return Neutral.TEXT;
            }
        }
    }

    private final KeyNames keys = new KeyNames();
    private final Map<String, Mask> detect = new HashMap<>();
    /** By key and by the last name of JSON paths. */
    private final KeyNames named = new KeyNames();

    private final List<Mask> keyMasks = new ArrayList<>();
    private final List<Mask> jsonMasks = new ArrayList<>();
    private final List<Mask> xmlMasks = new ArrayList<>();
    private final NodePath[] jsonPaths;
    private final NodePath[] xmlPaths;
    private final Detection detection;
    /** {@code null} where the policy brings detectors of its own, of which nothing is known. */
    private final @Nullable FirstLook firstLook;

    private final String names;
    private final @Nullable BodyRules structural;

    BodyRules(List<BodyRule> rules, Detectors detectors) {
        List<NodePath> json = new ArrayList<>();
        List<NodePath> xml = new ArrayList<>();
        List<String> ruleNames = new ArrayList<>();
        int order = 0;
        for (BodyRule rule : rules) {
            Mask mask = new Mask(rule.rule(), order++, rule.function());
            if (rule instanceof BodyRule.Key key) {
                keys.add(key.key(), mask);
                keyMasks.add(mask);
                named.add(key.key(), mask);
            } else if (rule instanceof BodyRule.Path path) {
                NodePath parsed = NodePath.parse(path.path());
                (parsed.isXml() ? xml : json).add(parsed);
                (parsed.isXml() ? xmlMasks : jsonMasks).add(mask);
                String last = path.lastName();
                if (!parsed.isXml() && last != null) {
                    named.add(last, mask);
                }
            } else if (rule instanceof BodyRule.Detect finds) {
                for (String entity : finds.entities()) {
                    detect.putIfAbsent(entity, mask);
                }
            }
            if (!ruleNames.contains(rule.rule())) {
                ruleNames.add(rule.rule());
            }
        }
        this.jsonPaths = json.toArray(new NodePath[0]);
        this.xmlPaths = xml.toArray(new NodePath[0]);
        this.detection = new Detection(detectors, detect.keySet());
        this.firstLook = Detectors.BUILT_IN.containsAll(detect.keySet()) ? new FirstLook(detect.keySet()) : null;
        this.names = String.join(", ", ruleNames);
        this.structural = detect.isEmpty()
                ? null
                : new BodyRules(
                        rules.stream()
                                .filter(rule -> !(rule instanceof BodyRule.Detect))
                                .toList(),
                        detectors);
    }

    /** Whether a rule governs places in XML documents. */
    boolean governsMarkup() {
        return hasKeys() || xmlPaths.length > 0;
    }

    /** The rules by key and path alone: what detectors find in the whole of a value is masked once. */
    BodyRules structural() {
        return structural == null ? this : structural;
    }

    /** Whether a rule governs places in JSON documents. */
    boolean governsJson() {
        return hasKeys() || jsonPaths.length > 0;
    }

    /** The rule whose key, or whose path's last name, a text that is no document has as a word of its own. */
    @Nullable
    Mask named(String text) {
        Mask first = null;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || " \t\r\n\"'\\:{}[],".indexOf(text.charAt(i)) >= 0) {
                first = Mask.first(first, named.of(text, start, i));
                start = i + 1;
            }
        }
        return first;
    }

    @Nullable
    Mask firstStructural() {
        Mask first = jsonMasks.isEmpty() ? null : jsonMasks.get(0);
        for (Mask mask : keyMasks) {
            first = Mask.first(first, mask);
        }
        return first;
    }

    boolean hasKeys() {
        return !keys.isEmpty();
    }

    boolean detects() {
        return !detect.isEmpty();
    }

    boolean concernsJson() {
        return hasKeys() || detects() || jsonPaths.length > 0;
    }

    boolean concernsXml() {
        return hasKeys() || detects() || xmlPaths.length > 0;
    }

    @Nullable
    Mask key(String name) {
        return keys.of(name);
    }

    /** Of a JSON member or an XML element: its whole name, or the last part of one that flattens a structure. */
    @Nullable
    Mask memberKey(String name) {
        Mask whole = keys.of(name);
        return whole == null ? FlatNames.ofLastPart(keys, name) : whole;
    }

    /** Of a form field or a column: its whole name or one of the parts that frameworks nest ({@code user[email]}, {@code user.email}). */
    @Nullable
    Mask fieldKey(String written) {
        // Readers of forms and tables drop white space around a name.
        String name = written.strip();
        Mask mask = keys.of(name);
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() ? start > 0 : "[].".indexOf(name.charAt(i)) >= 0) {
                mask = Mask.first(mask, keys.of(name, start, i));
                start = i + 1;
            }
        }
        return mask;
    }

    NodePath[] jsonPaths() {
        return jsonPaths;
    }

    NodePath[] xmlPaths() {
        return xmlPaths;
    }

    Mask jsonMask(int path) {
        return jsonMasks.get(path);
    }

    Mask xmlMask(int path) {
        return xmlMasks.get(path);
    }

    /** Whether raw text in some notation could hold a finding; a quick look that is often wrong in one direction only. */
    boolean mayFind(byte[] raw, int from, int to) {
        return firstLook == null ? detection.detectors().mayFind(raw, from, to) : firstLook.mayHold(raw, from, to);
    }

    /** Findings that a rule masks. */
    List<Finding> find(String text, String context) {
        return detection.find(text, context);
    }

    /** The rule that masks a finding. */
    Mask maskOf(Finding finding) {
        String entity = finding.among(detect.keySet());
        Mask mask = entity == null ? null : detect.get(entity);
        if (mask == null) {
            throw new IllegalArgumentException("no rule for " + finding.entity());
        }
        return mask;
    }

    /** Writes text that belongs to no value with its findings masked; returns their number. */
    int writeText(Held text, OutputStream out) throws IOException {
        List<Finding> findings =
                detects() ? find(TextCodec.PLAIN.decode(text.bytes(), 0, text.length()), "") : List.of();
        if (findings.isEmpty()) {
            text.writeTo(out);
        } else {
            new DetectWindow(this, TextCodec.PLAIN).writeMasked(text.bytes(), 0, text.length(), findings, out);
        }
        return findings.size();
    }

    BodyRefusedException refusal(String format, long at, String cause) {
        return new BodyRefusedException(
                "the body cannot be read as " + format + " at byte " + at + " (" + cause + "), so that mask rule "
                        + names + " cannot be applied; correct the sender or exempt this target from the rule");
    }
}
