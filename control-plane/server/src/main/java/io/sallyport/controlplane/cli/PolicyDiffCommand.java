package io.sallyport.controlplane.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a push would change, as a unified diff. */
@Command(
        name = "diff",
        description = "Shows how a file, or a version, differs from the policy in force; nothing when it does not.",
        mixinStandardHelpOptions = true)
final class PolicyDiffCommand implements Runnable {

    private static final int CONTEXT_LINES = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Parameters(index = "0", paramLabel = "FILE|N", description = "A policy file, or the number of a version.")
    private String changed = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "N",
            description = "The version to compare with; the policy in force when left out.")
    private @Nullable Long base;

    @Override
    public void run() {
        Side before = base == null
                ? new Side("in force", remote.get("/api/v1/policy").path("yaml").asText())
                : version(base);
        Side after = changed.matches("[0-9]{1,18}")
                ? version(Long.parseLong(changed))
                : new Side(changed, PolicyCommand.read(Path.of(changed)));
        PrintWriter out = spec.commandLine().getOut();
        List<String> lines = before.text().lines().toList();
        UnifiedDiffUtils.generateUnifiedDiff(
                        before.name(),
                        after.name(),
                        lines,
                        DiffUtils.diff(lines, after.text().lines().toList()),
                        CONTEXT_LINES)
                .forEach(line -> out.println(TerminalText.plain(line)));
        out.flush();
    }

    private record Side(String name, String text) {}

    private Side version(long number) {
        return new Side(
                "version " + number,
                remote.get("/api/v1/policy/versions/" + number).path("yaml").asText());
    }
}
