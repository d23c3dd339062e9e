package io.sallyport.agent.cli;

import io.sallyport.link.spool.SpoolVerifier;
import io.sallyport.link.spool.VerifyResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** {@code verify}: checks a recording. */
final class Verify implements Command {

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String usage() {
        return "verify DIR [--public-key K] [--last N]     checks a recording: chain, signatures, end";
    }

    @Override
    public Set<String> options() {
        return Set.of("public-key", "last");
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        Path directory = Path.of(arguments.only("a recording's directory"));
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
