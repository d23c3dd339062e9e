package io.sallyport.core.policy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.command.Caller;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One input line of {@code explain}.
 *
 * @param sensitive {@code null}: the policy's mask columns
 * @param target name of a declared target, or {@code null}
 */
record ExplainRequest(
        Dialect dialect,
        String sql,
        Catalogue catalogue,
        @Nullable List<NamePattern> sensitive,
        @Nullable String target) {

    /** @throws IllegalArgumentException with a sentence about what is wrong with the line */
    static ExplainRequest read(JsonNode in) {
        if (!in.isObject()) {
            throw new IllegalArgumentException("the line is not a JSON object");
        }
        return new ExplainRequest(
                dialect(in.path("dialect")),
                text(in.path("sql"), "sql"),
                new Catalogue(schema(in.path("schema")), texts(in.path("views"), "views")),
                in.hasNonNull("sensitive") ? patterns(in.get("sensitive")) : null,
                in.hasNonNull("target") ? text(in.get("target"), "target") : null);
    }

    private static Dialect dialect(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Dialect.GENERIC;
        }
        for (Dialect dialect : Dialect.values()) {
            if (dialect.cliName().equals(node.asText())) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("'dialect' is one of postgresql, mysql, tsql, oracle, h2, sqlite, generic");
    }

    private static String text(JsonNode node, String key) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("'" + key + "' must be text");
        }
        return node.asText();
    }

    private static List<String> texts(JsonNode node, String key) {
        List<String> texts = new ArrayList<>();
        if (node.isMissingNode() || node.isNull()) {
            return texts;
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException("'" + key + "' must be a list of texts");
        }
        for (JsonNode item : node) {
            texts.add(text(item, key));
        }
        return texts;
    }

    /** Names are folded to lower case, as the readers fold them. */
    private static Map<String, List<String>> schema(JsonNode node) {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return tables;
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("'schema' must map each table to the list of its columns");
        }
        for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> table = it.next();
            tables.put(
                    fold(table.getKey()),
                    texts(table.getValue(), "schema").stream()
                            .map(ExplainRequest::fold)
                            .toList());
        }
        return tables;
    }

    private static List<NamePattern> patterns(JsonNode node) {
        return texts(node, "sensitive").stream().map(NamePattern::column).toList();
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A statement in a call that says nothing about its caller. */
    SqlCommand command(SqlAnalysis analysis) {
        Target place = new Target(Target.Protocol.JDBC, dialect.cliName(), List.of(), "", "explain");
        return new SqlCommand(
                place,
                "explain",
                new Caller("explain", null, false),
                analysis,
                List.of(),
                SqlCommand.TransactionState.UNKNOWN);
    }
}
