package io.sallyport.agent.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Finds the command that is named first and runs it with the other arguments. */
public final class CommandLine {

    private static final int USAGE = 2;
    private static final List<Command> COMMANDS =
            List.of(new ExplainLines(), new MaskLines(), new DetectLines(), new Validate(), new Verify(), new Attach());

    private CommandLine() {}

    /** Called by reflection from the system loader. Ends the JVM with the command's exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        for (Command c : COMMANDS) {
            if (c.name().equals(name)) {
                List<String> others = Arrays.asList(arguments).subList(1, arguments.length);
                if (others.contains("--help") || others.contains("-h")) {
                    System.out.println(usage(c));
                    return 0;
                }
                try {
                    return c.run(Arguments.of(others, c.options()));
                } catch (UsageException e) {
                    System.err.println("sallyport " + name + ": " + e.getMessage());
                    System.err.println(usage(c));
                    return USAGE;
                } catch (IOException e) {
                    System.err.println("sallyport " + name + ": " + e);
                    return 1;
                }
            }
        }
        boolean asked = name.equals("help") || name.equals("--help") || name.equals("-h");
        System.err.println("usage: java -jar sallyport-agent.jar COMMAND");
        for (Command c : COMMANDS) {
            System.err.println("  " + c.usage());
        }
        return asked ? 0 : USAGE;
    }

    private static String usage(Command c) {
        return "usage: java -jar sallyport-agent.jar " + c.usage();
    }
}
