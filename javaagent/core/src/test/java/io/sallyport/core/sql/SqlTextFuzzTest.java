package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.StatementSplitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What holds of any text. Inputs are a dialect (first byte) and the text. {@code JAZZER_FUZZ=1 mvn test -Dtest=SqlTextFuzzTest#…}
 * searches for inputs for which it doesn't.
 */
@EnabledIfEnvironmentVariable(
        named = "JAZZER_FUZZ",
        matches = ".+",
        disabledReason = "FuzzInputsTest runs the kept inputs")
public class SqlTextFuzzTest {

    private static final Dialect[] DIALECTS = Dialect.values();

    private static Dialect dialect(byte[] input) {
        return input.length == 0 ? Dialect.POSTGRESQL : DIALECTS[(input[0] & 0xff) % DIALECTS.length];
    }

    private static String text(byte[] input) {
        return input.length == 0 ? "" : new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    }

    private static List<String> statements(Dialect dialect, String sql) {
        Tokens t = Lexer.tokens(sql, LexRules.of(dialect));
        List<String> statements = new ArrayList<>();
        for (Span span : StatementSplitter.split(dialect, t)) {
            StringBuilder words = new StringBuilder();
            for (int i = span.from(); i < span.to(); i++) {
                words.append(t.text(i)).append('\u0001');
            }
            statements.add(words.toString());
        }
        return statements;
    }

    @FuzzTest(maxDuration = "4m")
    @DictionaryEntries({"/*", "*/", "/*!", "--", "$$", "q'[", "BEGIN", "END", "CREATE FUNCTION", "{call", "E'", "U&\""})
    public void trailingBlanksAndCommentsChangeNothing(byte[] input) {
        Dialect dialect = dialect(input);
        String sql = text(input);
        Tokens t = Lexer.tokens(sql, LexRules.of(dialect));
        int last = -1;
        for (int i = 0; i < t.size(); i++) {
            // Tokens are cut from left to right, so that their number, and with it the work, is bounded by the text.
            assertThat(t.start(i)).isGreaterThanOrEqualTo(last);
            assertThat(t.end(i)).isGreaterThan(t.start(i)).isLessThanOrEqualTo(sql.length());
            last = t.end(i);
        }
        if (!t.broken() && !sql.endsWith("\r")) {
            assertThat(statements(dialect, sql + "\n ")).isEqualTo(statements(dialect, sql));
            assertThat(statements(dialect, sql + "\n/* ; DROP TABLE x; */\n-- ; DROP TABLE x"))
                    .isEqualTo(statements(dialect, sql));
        }
    }

    @FuzzTest(maxDuration = "4m")
    @DictionaryEntries({"/*", "*/", "/*!", "--", "$$", "BEGIN", "END", "CASE", "CREATE TRIGGER", "WITH", "(", "DO", "IF"
    })
    public void anAppendedDropIsAlwaysSeen(byte[] input) {
        Dialect dialect = dialect(input);
        String sql = text(input);
        Tokens t = Lexer.tokens(sql, LexRules.of(dialect));
        boolean routine =
                dialect != Dialect.POSTGRESQL && sql.toUpperCase(Locale.ROOT).contains("CREATE")
                        || sql.toUpperCase(Locale.ROOT).contains("ALTER");
        // SQLite takes a comment that never ends for one, with all that follows.
        boolean swallowed = dialect == Dialect.SQLITE && sql.lastIndexOf("/*") > sql.lastIndexOf("*/");
        if (t.broken() || t.unbalanced() || routine || swallowed || sql.endsWith("\r")) {
            return;
        }
        SqlAnalysis analysis = new StandardSqlReader(1, 1).read(dialect, sql + "\n;\nDROP TABLE zz", Catalogue.EMPTY);

        assertThat(analysis.shape()).isNotEqualTo("<unreadable>");
        assertThat(analysis.facts().destructive()).as("%s: %s", dialect, sql).isTrue();
        assertThat(analysis.kinds()).contains(StatementKind.DROP);
    }

    @FuzzTest(maxDuration = "4m")
    @DictionaryEntries({"WHERE", "OR", "AND", "NOT", "IS NULL", "IN (", "BETWEEN", "LIKE", "CASE WHEN", "EXISTS (SELECT"
    })
    public void aFilterThatIsAlwaysTrueAlternativelyIsNone(byte[] input) {
        Dialect dialect = dialect(input);
        String condition = text(input);
        Tokens t = Lexer.tokens(condition, LexRules.of(dialect));
        String upper = condition.toUpperCase(Locale.ROOT);
        boolean leaves = upper.contains("LIMIT")
                || upper.contains("TOP")
                || upper.contains("FETCH")
                || upper.contains("CURRENT");
        if (t.broken() || t.unbalanced() || t.size() > 400 || t.maxDepth() > 20 || leaves || condition.endsWith("\r")) {
            return;
        }
        SqlAnalysis analysis = new StandardSqlReader(1, 1)
                .read(dialect, "DELETE FROM t WHERE (" + condition + "\n) OR 1 = 1", Catalogue.EMPTY);

        assertThat(analysis.facts().unboundedWrite() || analysis.facts().opaque())
                .as("%s: %s", dialect, condition)
                .isTrue();
    }
}
