package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether code that is stored in the server may run under a statement: a routine, a trigger, a text made there. Such code can
 * raise any error. Asked when a statement has failed, so it may cost.
 */
final class StoredCode {

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}_$]+");
    private static final Pattern VIEW =
            Pattern.compile("\\bview\\s+(?:if\\s+not\\s+exists\\s+)?(?:[^\\s.(]+\\.)*([^\\s.(]+)");

    private StoredCode() {}

    static boolean mayRun(SqlAnalysis read, Catalogue catalogue) {
        Structure structure = catalogue.structure();
        ColumnOrigin messages = KeptPlace.MESSAGES.origin();
        return !structure.complete()
                || read.facts().opaque()
                || read.kinds().contains(StatementKind.CALL)
                || read.kinds().contains(StatementKind.DYNAMIC)
                || read.lineage().inherited().hasTable(messages.table())
                || !structure.routines().isEmpty()
                        && structure.routines().hasAny(reachable(read.sql(), catalogue.views()));
    }

    /** Words of the text, of the views that it names, of those that they name. */
    private static Set<String> reachable(String sql, List<String> views) {
        Set<String> words = words(sql);
        List<String> left = new ArrayList<>(views);
        boolean more = true;
        while (more) {
            more = left.removeIf(view -> isNamed(view, words) && words.addAll(words(view)));
        }
        return words;
    }

    private static boolean isNamed(String view, Set<String> words) {
        Matcher name = VIEW.matcher(view.toLowerCase(Locale.ROOT));
        return !name.find() || words(name.group(1)).stream().anyMatch(words::contains);
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(BETWEEN.split(text.toLowerCase(Locale.ROOT))));
        words.remove("");
        return words;
    }
}
