package io.sallyport.it.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.testing.Jars;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The product's answers: one run of {@code sallyport-agent.jar explain} over all statements. */
final class Explain {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Explain() {}

    /** What the product says of one statement. */
    record Answer(Set<Integer> masked, boolean all, boolean copiesSensitive, boolean unboundedWrite, JsonNode line) {

        boolean masks(int position) {
            return all || masked.contains(position);
        }
    }

    static List<Answer> of(Grammar grammar, List<Statement> statements, Path directory)
            throws IOException, InterruptedException {
        Path in = directory.resolve("statements.jsonl");
        Path out = directory.resolve("answers.jsonl");
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
        try (BufferedWriter writer = Files.newBufferedWriter(in)) {
            for (Statement statement : statements) {
                ObjectNode line = JSON.createObjectNode();
                line.put("id", statement.seed())
                        .put("dialect", grammar.dialect())
                        .put("sql", statement.sql());
                line.set("schema", schema);
                line.set("views", JSON.valueToTree(grammar.shop().viewTexts()));
                line.set("sensitive", JSON.valueToTree(sensitive));
                writer.write(JSON.writeValueAsString(line));
                writer.newLine();
            }
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Jars.agent().toString(),
                        "explain",
                        "--jsonl",
                        "-")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("explain ended with " + process.exitValue());
        }
        List<Answer> answers = new ArrayList<>();
        for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
            answers.add(answer(JSON.readTree(line)));
        }
        if (answers.size() != statements.size()) {
            throw new IOException(answers.size() + " answers for " + statements.size() + " statements");
        }
        return answers;
    }

    private static Answer answer(JsonNode line) throws IOException {
        if (line.has("error")) {
            throw new IOException(line.toString());
        }
        Set<Integer> masked = new HashSet<>();
        line.get("masked").forEach(p -> masked.add(p.asInt()));
        JsonNode facts = line.get("facts");
        return new Answer(
                masked,
                line.get("maskAll").asBoolean(),
                facts.get("copiesSensitive").asBoolean(),
                facts.get("unboundedWrite").asBoolean(),
                line);
    }
}
