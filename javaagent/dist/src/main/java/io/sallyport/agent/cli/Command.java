package io.sallyport.agent.cli;

import java.io.IOException;
import java.util.Set;

/** One command of the agent jar. */
interface Command {

    String name();

    /** One line for the usage text. */
    String usage();

    /** Names of options with a value, without dashes. */
    Set<String> options();

    /** @return the exit code */
    int run(Arguments arguments) throws IOException, UsageException;
}
