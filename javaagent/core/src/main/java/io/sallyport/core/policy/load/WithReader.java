package io.sallyport.core.policy.load;

import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunctions;
import io.sallyport.core.policy.rule.KeyEntry;
import io.sallyport.core.policy.rule.MaskWith;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code with} key of a mask: a word, or a mapping with exactly one function. */
final class WithReader {

    /** Columns are at most this long where keeping or masking positions makes sense. */
    private static final int FAR = 100_000;

    private static final Set<String> HIDES_ALL = Set.of("fixed", "hash", "fpe");

    private final Map<String, KeyEntry> keys;

    WithReader(Map<String, KeyEntry> keys) {
        this.keys = keys;
    }

    MaskWith read(Section rule) {
        Yaml value = rule.find("with");
        if (value == null) {
            return MaskWith.REDACT;
        }
        if (value instanceof Yaml.Scalar) {
            Vocabulary.Plain plain = Vocabulary.PLAIN.read(value, rule.path("with"), rule.problems());
            return plain == null
                    ? MaskWith.REDACT
                    : switch (plain) {
                        case REDACT -> MaskWith.REDACT;
                        case NULL -> new MaskWith("null", MaskingFunctions.of(new MaskSpec.ToNull()), false, null);
                        case EMAIL -> new MaskWith("email", MaskingFunctions.of(new MaskSpec.Email()), true, null);
                    };
        }
        Section section = rule.section("with", Shape.WITH);
        if (section == null) {
            return MaskWith.REDACT;
        }
        return function(section);
    }

    private MaskWith function(Section section) {
        String function = null;
        for (String key : Shape.WITH.keys()) {
            if (section.has(key)) {
                if (function != null) {
                    section.error(key, "a mask has one function; this is the second");
                    return MaskWith.REDACT;
                }
                function = key;
            }
        }
        if (function == null) {
            section.errorHere("name one of redact, null, email, or a mapping with one of "
                    + String.join(", ", Shape.WITH.keys()));
            return MaskWith.REDACT;
        }
        try {
            MaskSpec spec = spec(section, function);
            return spec == null
                    ? MaskWith.REDACT
                    : new MaskWith(
                            shown(section, function),
                            MaskingFunctions.of(spec),
                            !HIDES_ALL.contains(function),
                            keyName(section, function));
        } catch (IllegalArgumentException e) {
            // A faulty regular expression describes itself on several lines.
            section.error(function, Problem.shown(e.getMessage()));
            return MaskWith.REDACT;
        }
    }

    private @Nullable MaskSpec spec(Section section, String function) {
        return switch (function) {
            case "fixed" -> {
                String text = fixed(section);
                yield text == null ? null : new MaskSpec.Fixed(text);
            }
            case "keepFirst" -> new MaskSpec.KeepFirst(section.number(function, 0, FAR, 0));
            case "keepLast" -> new MaskSpec.KeepLast(section.number(function, 0, FAR, 0));
            case "range" -> range(section);
            case "hash" -> {
                KeyEntry key = key(section, function);
                yield key == null ? null : new MaskSpec.Hash(key.secret());
            }
            case "fpe" -> {
                KeyEntry key = key(section, function);
                yield key == null ? null : new MaskSpec.Fpe(key.secret());
            }
            case "truncate" ->
                new MaskSpec.Truncate(section.choice(function, Vocabulary.TRUNCATE, MaskSpec.Truncate.Unit.YEAR));
            case "bucket" -> bucket(section);
            default -> replace(section);
        };
    }

    /** A number or a boolean may stand without quotes: it is what the masked value shows. */
    private static @Nullable String fixed(Section section) {
        if (section.find("fixed") instanceof Yaml.Scalar scalar
                && scalar.type() != Yaml.Type.NULL
                && scalar.text().length() <= 1000) {
            return scalar.text();
        }
        section.error("fixed", "expected text of at most 1000 characters");
        return null;
    }

    private @Nullable KeyEntry key(Section section, String function) {
        String name = section.text(function);
        KeyEntry key = name == null ? null : keys.get(name);
        if (name != null && key == null) {
            section.error(
                    function,
                    "no key is named '" + Problem.shown(name) + "'; declare it under keys"
                            + (keys.isEmpty() ? "" : Problem.suggestion(name, keys.keySet())));
        }
        return key;
    }

    private static @Nullable MaskSpec range(Section section) {
        Section range = section.section("range", Shape.RANGE);
        return range == null || !range.has("from") || !range.has("to")
                ? null
                : new MaskSpec.Range(range.number("from", -FAR, FAR, 0), range.number("to", -FAR, FAR, FAR));
    }

    private static @Nullable MaskSpec bucket(Section section) {
        if (section.find("bucket") instanceof Yaml.Scalar scalar
                && scalar.type() == Yaml.Type.NUMBER
                && scalar.text().matches("[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            return new MaskSpec.Bucket(new BigDecimal(scalar.text()));
        }
        section.error("bucket", "expected a number above 0");
        return null;
    }

    private static @Nullable MaskSpec replace(Section section) {
        Section replace = section.section("replace", Shape.REPLACE);
        if (replace == null) {
            return null;
        }
        String regex = replace.text("regex");
        String with = replace.text("with");
        return regex == null || with == null ? null : new MaskSpec.Replace(regex, with);
    }

    private static @Nullable String keyName(Section section, String function) {
        return function.equals("hash") || function.equals("fpe") ? section.text(function) : null;
    }

    private static String shown(Section section, String function) {
        Yaml value = section.find(function);
        if (value instanceof Yaml.Scalar scalar) {
            return "{" + function + ": " + scalar.text() + "}";
        }
        StringBuilder inner = new StringBuilder();
        if (value instanceof Yaml.Mapping mapping) {
            for (Yaml.Entry e : mapping.entries()) {
                inner.append(inner.length() == 0 ? "" : ", ").append(e.key()).append(": ");
                inner.append(e.value() instanceof Yaml.Scalar s ? s.text() : "…");
            }
        }
        return "{" + function + ": {" + inner + "}}";
    }
}
