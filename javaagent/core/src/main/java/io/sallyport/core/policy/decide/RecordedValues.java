package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.record.ValuePlan;
import io.sallyport.core.record.ValuePlan.Exposure;
import io.sallyport.core.record.ValuePlan.Slot;
import io.sallyport.core.record.credential.CredentialNames;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.ValueReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which values of a statement the record may hold. A value is shown only where it is certain that it meets no masked column;
 * what could be a credential is not even hashed, because a password is found by trying. Works on any policy, whoever makes the call: a
 * column that one caller may see is as sensitive in a record that others read.
 */
final class RecordedValues {

    /** Statements whose values are data. What defines, grants, sets or runs something else may carry a password. */
    private static final Set<StatementKind> DATA = EnumSet.of(
            StatementKind.READ,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.CALL,
            StatementKind.LOCK,
            StatementKind.EXPLAIN,
            StatementKind.MULTI);

    private static final int MOST_LITERAL = 128;

    private final ColumnRule[] rules;
    private final Detection detected;

    /**
     * @param rules column rules of all masks of the place
     * @param detected what its masks detect
     */
    RecordedValues(ColumnRule[] rules, Detection detected) {
        this.rules = rules;
        this.detected = detected;
    }

    ValuePlan of(SqlAnalysis analysis) {
        if (!DATA.containsAll(analysis.kinds())
                || analysis.facts().opaque() && !analysis.kinds().contains(StatementKind.CALL)
                || analysis.facts().privilege()
                || analysis.facts().fileOrOsAccess()) {
            return withheld(analysis);
        }
        Tokens t = tokens(analysis);
        List<ValueReader.Value> values = t == null ? null : ValueReader.read(t);
        if (t == null || values == null || callsForCredentials(t)) {
            return withheld(analysis);
        }
        boolean touches = rules.length > 0 && touches(analysis);
        boolean inferred = touches && SensitiveInferences.in(analysis, rules) && isIndirect(t, analysis);
        boolean names = namesCredential(t);
        List<Slot> slots = new ArrayList<>();
        int literalNames = 0;
        for (ValueReader.Value value : values) {
            literalNames += isCredentialsName(t, value) ? 1 : 0;
        }
        for (ValueReader.Value value : values) {
            if (!t.is(value.token(), TokenType.PARAM) || t.text(value.token()).startsWith("?")) {
                Exposure place = exposure(analysis, value.column(), touches, inferred, names);
                boolean besideName = literalNames > (isCredentialsName(t, value) ? 1 : 0);
                slots.add(slot(t, value, besideName ? Exposure.WITHHELD : place));
            }
        }
        Exposure otherwise = names || literalNames > 0 ? Exposure.WITHHELD : touches ? Exposure.HASHED : Exposure.CLEAR;
        return new ValuePlan(slots, otherwise, detected);
    }

    /** Of what its literals run, or which file they name, one keyed hash: two programs can be told apart, none can be read. */
    private static ValuePlan withheld(SqlAnalysis analysis) {
        String code = analysis.code();
        return code == null
                ? ValuePlan.WITHHELD
                : new ValuePlan(List.of(new Slot(code, true, Exposure.HASHED)), Exposure.WITHHELD, Detection.NOTHING);
    }

    /** Whether another value of the statement may be the credential that this one names ({@code ValueText} sees to those that are bound). */
    private static boolean isCredentialsName(Tokens t, ValueReader.Value value) {
        return t.is(value.token(), TokenType.STRING) && CredentialNames.isName(t.content(value.token()));
    }

    /** @return {@code null} where servers or settings could cut the text in another way */
    private static @Nullable Tokens tokens(SqlAnalysis analysis) {
        Dialect dialect = analysis.dialect();
        if (dialect == Dialect.GENERIC
                || analysis.sql().length() > 64 * 1024
                || analysis.sql().indexOf('\\') >= 0
                        && !LexRules.settingsOf(dialect).isEmpty()) {
            return null;
        }
        Tokens t = Lexer.everyToken(analysis.sql(), LexRules.of(dialect));
        boolean certain = !t.broken()
                && !t.unbalanced()
                && !t.conditional()
                && LexRules.alternativesOf(dialect, t).isEmpty();
        return certain ? t : null;
    }

    private Slot slot(Tokens t, ValueReader.Value value, Exposure place) {
        int i = value.token();
        if (t.is(i, TokenType.PARAM)) {
            return new Slot(null, false, place);
        }
        boolean quoted = t.is(i, TokenType.STRING);
        String text = quoted ? t.content(i) : t.text(i);
        Exposure exposure = new ValuePlan(List.of(), place, detected).of(text, place);
        // A hash of a part would equal the hash of no value.
        return new Slot(
                text.length() > MOST_LITERAL && exposure == Exposure.CLEAR ? text.substring(0, MOST_LITERAL) : text,
                quoted,
                exposure);
    }

    private Exposure exposure(
            SqlAnalysis analysis, @Nullable String column, boolean touches, boolean inferred, boolean names) {
        if (ValueReader.ROW_COUNT.equals(column)) {
            return Exposure.CLEAR;
        }
        if (column == null ? names : CredentialNames.mayName(column)) {
            return Exposure.WITHHELD;
        }
        if (!touches) {
            return Exposure.CLEAR;
        }
        return column == null || inferred || isMasked(analysis, column) ? Exposure.HASHED : Exposure.CLEAR;
    }

    private boolean isMasked(SqlAnalysis analysis, String column) {
        for (TableUse use : analysis.tables()) {
            for (ColumnRule rule : rules) {
                if (rule.matches(use.schema(), use.table(), column)) {
                    return true;
                }
                for (ColumnOrigin shown : analysis.lineage().inherited().of(use.schema(), use.table(), column)) {
                    if (rule.matches(shown)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a table of the statement can hold a masked column, or what it holds is not known. */
    private boolean touches(SqlAnalysis analysis) {
        if (new StatementMasks(rules, analysis).relevant()) {
            return true;
        }
        for (TableUse use : analysis.tables()) {
            for (ColumnRule rule : rules) {
                if (rule.matchesTable(use.schema(), use.table())) {
                    return true;
                }
            }
        }
        return analysis.tables().isEmpty() && analysis.kinds().contains(StatementKind.CALL);
    }

    /** Whether a masked column can stand in a condition under another name: behind a sub-query's alias, or a view's column. */
    private boolean isIndirect(Tokens t, SqlAnalysis analysis) {
        int selects = 0;
        for (int i = 0; i < t.size(); i++) {
            selects += t.is(i, "SELECT") ? 1 : 0;
            if (t.is(i, "WITH") || selects > 1) {
                return true;
            }
        }
        for (ColumnOrigin origin : analysis.lineage().influences().columns()) {
            for (ColumnRule rule : rules) {
                if (rule.matches(origin) && !isNamed(t, origin.column())) {
                    return true;
                }
            }
        }
        return !analysis.lineage().influences().complete();
    }

    private static boolean isNamed(Tokens t, String column) {
        for (int i = 0; i < t.size(); i++) {
            if (t.isName(i) && t.name(i).equals(column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesCredential(Tokens t) {
        for (int i = 0; i < t.size(); i++) {
            if (t.isName(i) && CredentialNames.mayName(t.name(i))) {
                return true;
            }
        }
        return false;
    }

    /** {@code crypt(…)}, {@code dblink(…)}, {@code set_password(…)}: any of what they take may be the secret. */
    private static boolean callsForCredentials(Tokens t) {
        for (int i = 0; i < t.size(); i++) {
            if (t.isName(i)
                    && t.is(i + 1, TokenType.LEFT_PAREN)
                    && CredentialNames.mayName(t.name(i))
                    && !t.isAny(i - 1, "INTO")) {
                return true;
            }
        }
        return false;
    }
}
