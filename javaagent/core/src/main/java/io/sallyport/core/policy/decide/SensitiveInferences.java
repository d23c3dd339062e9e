package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Influences;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.TableUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells whether a masked column decides which rows a statement returns or changes. */
final class SensitiveInferences {
    private SensitiveInferences() {}

    static boolean in(SqlAnalysis analysis, ColumnRule[] rules) {
        Influences influences = analysis.lineage().influences();
        for (ColumnOrigin column : influences.columns()) {
            for (ColumnRule rule : rules) {
                if (rule.matches(column)) {
                    return true;
                }
            }
        }
        return !influences.complete() && namesMasked(analysis, rules);
    }

    /** Where clauses could not be read: a word of the text is the name of a masked column of one of its tables. */
    private static boolean namesMasked(SqlAnalysis analysis, ColumnRule[] rules) {
        List<String> words = words(analysis.shape());
        for (TableUse use : analysis.tables()) {
            for (ColumnRule rule : rules) {
                for (String word : words) {
                    if (rule.matches(use.schema(), use.table(), word)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<String> words(String shape) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= shape.length(); i++) {
            boolean part = i < shape.length()
                    && (Character.isLetterOrDigit(shape.charAt(i)) || shape.charAt(i) == '_' || shape.charAt(i) == '$');
            if (!part) {
                if (i > from) {
                    words.add(shape.substring(from, i).toLowerCase(Locale.ROOT));
                }
                from = i + 1;
            }
        }
        return words;
    }
}
