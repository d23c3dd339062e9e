package io.sallyport.http;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/** Names of header fields in lower case: a program uses few, and clients write them with capitals. Thread-safe. */
final class FieldNames {

    /** Others are converted each time: what a program makes up must not fill the heap. */
    private static final int MOST = 512;

    private static final ConcurrentHashMap<String, String> LOWER = new ConcurrentHashMap<>();

    private FieldNames() {}

    static String lower(String name) {
        String known = LOWER.get(name);
        if (known == null) {
            known = name.toLowerCase(Locale.ROOT);
            if (LOWER.size() < MOST) {
                LOWER.put(name, known);
            }
        }
        return known;
    }
}
