package io.sallyport.it.lineage;

import java.util.Locale;

/** What kind of value an expression yields, as far as the generator has to know to put it where it fits. */
enum Type {
    TEXT,
    INT,
    NUM,
    BOOL,
    DATE,
    /** A JSON object. */
    OBJ,
    /** A JSON array. */
    LIST,
    /** An array of text. */
    ARR;

    static Type of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
