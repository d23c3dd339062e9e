package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a dry run found, in sentences. */
final class TrialText {

    private TrialText() {}

    static void print(JsonNode report, PrintWriter out) {
        out.println("Of the last " + report.path("calls").asLong() + " calls this policy, against version "
                + report.path("against").asLong() + ", would");
        line("refuse", report.path("refused"), out);
        line("hold", report.path("held"), out);
        line("let through", report.path("admitted"), out);
        line("only note", report.path("observed"), out);
        columns("mask", report.path("masked"), out);
        columns("mask no longer", report.path("unmasked"), out);
        if (report.path("untold").asLong() > 0) {
            out.println(
                    "  not judged: " + report.path("untold").asLong() + ", of which the record does not tell enough");
        }
        if (!report.path("untested").isEmpty()) {
            out.println("  rules not tried, since the record does not tell what they ask: "
                    + Table.list(report.path("untested")));
        }
        Table table = new Table("CALLS", "BEFORE", "AFTER", "RULES", "WORKLOAD", "STATEMENT OR REQUEST");
        for (JsonNode example : report.path("examples")) {
            table.row(
                    example.path("calls").asLong(),
                    example.path("before").asText(),
                    example.path("after").asText(),
                    Table.list(example.path("rules")),
                    example.path("workload").asText(),
                    example.path("detail").asText());
        }
        if (!report.path("examples").isEmpty()) {
            table.print(out);
        }
        out.flush();
    }

    private static void line(String what, JsonNode count, PrintWriter out) {
        out.println("  " + what + ": " + (count.asLong() == 0 ? "none more" : count.asLong() + " more"));
    }

    private static void columns(String what, JsonNode columns, PrintWriter out) {
        List<String> names = new ArrayList<>();
        columns.fieldNames().forEachRemaining(names::add);
        out.println("  " + what + ": "
                + (names.isEmpty()
                        ? "no column"
                        : names.size() + (names.size() == 1 ? " column: " : " columns: ") + String.join(", ", names)));
    }
}
