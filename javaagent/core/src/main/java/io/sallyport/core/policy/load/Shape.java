package io.sallyport.core.policy.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * The mappings of a policy file with the keys that each may have: what the loader accepts and what the published schema must say.
 * A name with an exclamation mark is required.
 */
enum Shape {
    POLICY(
            "version!",
            "mode",
            "default",
            "keys",
            "targets",
            "detectors",
            "tls",
            "mask",
            "guard",
            "record",
            "allowUnproven",
            "connect"),
    DEFAULT("jdbc", "http", "unmatched", "opaque"),
    KEY("from!"),
    TARGET("name!", "jdbc", "http"),
    OWN_DETECTOR("regex", "words"),
    TLS("target", "level!", "minVersion", "roots", "exempt", "relay"),
    MASK("name!", "target", "mode", "columns", "body", "detect", "with", "onWrite", "unless"),
    BODY("target", "path", "key"),
    WITH("fixed", "keepFirst", "keepLast", "range", "hash", "fpe", "truncate", "bucket", "replace"),
    RANGE("from!", "to!"),
    REPLACE("regex!", "with!"),
    UNLESS("groups", "labels", "identity", "callSite", "time"),
    GUARD("name!", "target", "mode", "when", "then!", "message", "approval", "override"),
    WHEN(
            "kind",
            "destructive",
            "unboundedWrite",
            "ddl",
            "privilege",
            "fileOrOsAccess",
            "multi",
            "writes",
            "opaque",
            "copiesSensitive",
            "tables",
            "params",
            "rows",
            "rate",
            "callSite",
            "labels",
            "groups",
            "identity",
            "time",
            "newShape",
            "inference",
            "detect",
            "method",
            "path",
            "query",
            "header",
            "status"),
    TABLES("read", "write"),
    PARAMS("index", "column", "isNull", "type", "count", "inList", "detect"),
    PARAM_COUNT("over!"),
    ROWS("returned", "changed", "per"),
    NEW_SHAPE("after!"),
    RATE("over!", "per!"),
    IDENTITY("verified", "subject"),
    TIME("days", "from", "to", "zone"),
    APPROVAL("anyOf", "allOf", "required", "reason", "requesterReason", "wait", "timeout", "at", "commitWait", "hours"),
    HOURS("groups", "days", "from", "to", "zone"),
    RECORD("level", "retain", "onFull", "durability"),
    CONNECT("allow");

    private final List<String> keys;
    private final List<String> required;

    Shape(String... keys) {
        this.keys = Stream.of(keys).map(k -> k.replace("!", "")).toList();
        this.required = Stream.of(keys)
                .filter(k -> k.endsWith("!"))
                .map(k -> k.replace("!", ""))
                .toList();
    }

    List<String> keys() {
        return keys;
    }

    List<String> required() {
        return required;
    }
}
