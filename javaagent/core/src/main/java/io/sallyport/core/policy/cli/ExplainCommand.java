package io.sallyport.core.policy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.decide.DryRun;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code explain}: what a policy would do to a statement. Rules in observe mode count as if they took effect, and {@code mode}
 * says whether they do; rules about any database count, unless the line names a {@code target}.
 */
public final class ExplainCommand {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SqlReader reader;
    private final DryRun dryRun;
    private final Instant now;

    /** @param now the moment that rules with {@code time} are judged for */
    public ExplainCommand(SqlReader reader, CompiledPolicy policy, Instant now) {
        this.reader = reader;
        this.dryRun = new DryRun(policy);
        this.now = now;
    }

    /** One line in, one line out; {@code {"id","error"}} for a line that is none. Never throws. */
    public JsonNode line(JsonNode in) {
        ObjectNode out = JSON.objectNode();
        out.set("id", in.path("id").isMissingNode() ? JSON.nullNode() : in.get("id"));
        try {
            explain(ExplainRequest.read(in), out);
        } catch (IllegalArgumentException e) {
            out.removeAll();
            out.set("id", in.path("id").isMissingNode() ? JSON.nullNode() : in.get("id"));
            out.put("error", e.getMessage());
        }
        return out;
    }

    private void explain(ExplainRequest request, ObjectNode out) {
        SqlAnalysis analysis = reader.read(request.dialect(), request.sql(), request.catalogue());
        SqlCommand command = request.command(analysis);
        DryRun.Result result =
                dryRun.of(command, Identity.unverified("explain"), now, request.target(), request.sensitive());
        out.put("kind", analysis.kind().policyName());
        ArrayNode kinds = out.putArray("kinds");
        Arrays.stream(StatementKind.values())
                .filter(analysis.kinds()::contains)
                .forEach(k -> kinds.add(k.policyName()));
        out.put("risk", analysis.risk().policyName());
        facts(out.putObject("facts"), analysis.facts(), result.copiesSensitive());
        ArrayNode tables = out.putArray("tables");
        names(analysis).forEach(tables::add);
        ArrayNode masked = out.putArray("masked");
        result.output().masked().forEach(masked::add);
        out.put("maskAll", result.output().all());
        out.put("lineage", analysis.lineage().exact() ? "exact" : "conservative");
        out.put("decision", lower(result.outcome()));
        out.put("mode", lower(result.mode()));
        ArrayNode rules = out.putArray("rules");
        result.rules().forEach(rules::add);
        out.put("parser", lower(analysis.parser()));
    }

    private static void facts(ObjectNode out, SqlFacts facts, boolean copiesSensitive) {
        out.put("destructive", facts.destructive());
        out.put("unboundedWrite", facts.unboundedWrite());
        out.put("ddl", facts.ddl());
        out.put("privilege", facts.privilege());
        out.put("fileOrOsAccess", facts.fileOrOsAccess());
        out.put("multi", facts.multi());
        out.put("writes", facts.writes());
        out.put("opaque", facts.opaque());
        out.put("copiesSensitive", copiesSensitive);
    }

    private static Set<String> names(SqlAnalysis analysis) {
        Set<String> names = new TreeSet<>();
        for (TableUse use : analysis.tables()) {
            names.add(use.schema() == null ? use.table() : use.schema() + "." + use.table());
        }
        return names;
    }

    private static String lower(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT);
    }
}
