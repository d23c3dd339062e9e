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
        return "verify DIR                                 checks a recording's hash chain";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        VerifyResult result = SpoolVerifier.verify(Path.of(arguments.only("a recording's directory")));
        for (VerifyResult.SpoolState spool : result.spools()) {
            System.out.println(spool.describe());
        }
        if (result.spools().isEmpty()) {
            System.out.println("no recording found");
        }
        return result.intact() ? 0 : 1;
    }
}
