package io.sallyport.core.record.credential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Parts of a text that must not be shown. Not thread-safe. */
final class Spans {

    record Span(int from, int to) {}

    private final List<Span> hidden = new ArrayList<>();

    boolean isEmpty() {
        return hidden.isEmpty();
    }

    void hide(List<Span> spans) {
        hidden.addAll(spans);
    }

    /** The text with {@code …} in place of each; one that lies in another is part of that. */
    String without(String text) {
        if (hidden.isEmpty()) {
            return text;
        }
        hidden.sort(Comparator.comparingInt(Span::from));
        StringBuilder out = new StringBuilder(text.length());
        int kept = 0;
        for (Span span : hidden) {
            if (span.from >= kept) {
                out.append(text, kept, span.from).append('…');
                kept = span.to;
            }
        }
        return out.append(text, kept, text.length()).toString();
    }
}
