package io.sallyport.core.mask.body;

import java.util.Set;

/**
 * Names that say nothing of what they hold but that it is the value of what they are in: {@code {"phone":{"type":"home","value":"…"}}},
 * {@code <ssn value="…"/>} as FHIR writes it, and what converters of XML call the text of an element. To a detector such a value is named as its
 * container is.
 */
final class WrapperNames {
    private static final Set<String> NAMES = Set.of(
            "value",
            "values",
            "val",
            "number",
            "text",
            "content",
            "raw",
            "formatted",
            "#text",
            "$",
            "$t",
            "_",
            "_text",
            "__text",
            "@value",
            "$value");

    private WrapperNames() {}

    static boolean isOne(String name) {
        return NAMES.contains(name);
    }
}
