package io.sallyport.core.mask.detect;

import java.util.Set;

/** Names of columns whose grouped digits are codes of things, not of people. */
final class PartNumbers {
    static final Set<String> WORDS = Set.of(
            "part",
            "sku",
            "serial",
            "isbn",
            "order",
            "invoice",
            "tracking",
            "model",
            "catalog",
            "item",
            "product",
            "article",
            "lot",
            "batch",
            "partno",
            "partnumber",
            "orderid",
            "ticket",
            "case",
            "reference");

    private PartNumbers() {}
}
