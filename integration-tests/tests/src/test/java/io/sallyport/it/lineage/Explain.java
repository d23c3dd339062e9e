package io.sallyport.it.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.it.ExplainRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The product's answers to all statements. */
final class Explain {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Explain() {}

    /** What the product says of one statement. */
    record Answer(Set<Integer> masked, boolean all, boolean copiesSensitive) {

        boolean masks(int position) {
            return all || masked.contains(position);
        }
    }

    static List<Answer> of(Grammar grammar, List<Statement> statements, Path directory)
            throws IOException, InterruptedException {
        ObjectNode schema = JSON.createObjectNode();
        List<String> sensitive = new ArrayList<>();
        for (Source table : grammar.shop().tables()) {
            var columns = schema.putArray(Shop.plain(table.alias()));
            for (Column column : table.columns()) {
                columns.add(Shop.plain(column.name()));
                if (column.tainted()) {
                    sensitive.add(Shop.plain(table.alias()) + "." + Shop.plain(column.name()));
                }
            }
        }
        List<ObjectNode> lines = new ArrayList<>();
        for (Statement statement : statements) {
            ObjectNode line = JSON.createObjectNode();
            line.put("id", statement.seed()).put("dialect", grammar.dialect()).put("sql", statement.sql());
            line.set("schema", schema);
            line.set("views", JSON.valueToTree(grammar.shop().viewTexts()));
            line.set("sensitive", JSON.valueToTree(sensitive));
            lines.add(line);
        }
        return ExplainRun.over(lines, directory).stream().map(Explain::answer).toList();
    }

    private static Answer answer(JsonNode line) {
        Set<Integer> masked = new HashSet<>();
        line.get("masked").forEach(p -> masked.add(p.asInt()));
        return new Answer(
                masked,
                line.get("maskAll").asBoolean(),
                line.get("facts").get("copiesSensitive").asBoolean());
    }
}
