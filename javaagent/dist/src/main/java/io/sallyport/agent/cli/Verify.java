package io.sallyport.agent.cli;

import io.sallyport.link.spool.SpoolVerifier;
import io.sallyport.link.spool.VerifyResult;
import io.sallyport.protocol.EventBundle;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code verify}: checks a recording. */
final class Verify implements Command {

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String usage() {
        return "verify DIR|BUNDLE [--public-key K] [--last N]     checks a recording, or a signed export: chain, signatures, end";
    }

    @Override
    public Set<String> options() {
        return Set.of("public-key", "last");
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        Path directory = Path.of(arguments.only("a recording's directory, or a bundle"));
        if (Files.isRegularFile(directory)) {
            return bundle(directory, arguments.option("public-key"));
        }
        SpoolVerifier.Expected expected = new SpoolVerifier.Expected(arguments.option("public-key"), last(arguments));
        VerifyResult result = SpoolVerifier.verify(directory, expected);
        for (VerifyResult.SpoolState spool : result.spools()) {
            System.out.println(spool.describe());
        }
        if (result.spools().isEmpty()) {
            System.out.println("no recording found");
        }
        return result.intact() ? 0 : 1;
    }

    private static int bundle(Path file, @Nullable String expectedKey) throws IOException {
        EventBundle.Result result;
        try (Reader lines = Files.newBufferedReader(file)) {
            result = EventBundle.verify(lines);
        }
        String problem = result.problem();
        if (problem == null && expectedKey != null && !expectedKey.equals(result.publicKey())) {
            problem = "it is signed with another key, " + result.publicKey();
        }
        System.out.println("bundle of session " + result.session() + " of " + result.workload() + ": "
                + (problem != null
                        ? "NOT INTACT: " + problem
                        : result.events() + " events, intact (" + result.leftOut()
                                + " of other sessions left out between them); signed with " + result.publicKey()));
        return problem == null ? 0 : 1;
    }

    private static long last(Arguments arguments) throws UsageException {
        String text = arguments.option("last");
        if (text == null) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new UsageException("option --last needs the number that the control plane has confirmed");
        }
        return Long.parseLong(text);
    }
}
