package io.sallyport.controlplane.cli;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code sallyport-control-plane.jar}. */
@Command(
        name = "sallyport-control-plane",
        description = "Runs the Sallyport control plane, or speaks to a running one.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.BuildVersion.class,
        subcommands = {
            ServeCommand.class,
            ApprovalsCommand.class,
            PolicyCommand.class,
            WorkloadsCommand.class,
            SessionsCommand.class,
            EventsCommand.class,
            TlsCommand.class,
            RecordingsCommand.class,
            ShapesCommand.class,
            LoginCommand.class,
            JoinTokenCommand.class,
            JoinTokensCommand.class,
            UsersCommand.class,
            TokensCommand.class,
            MyTokensCommand.class,
            RelayCommand.class
        })
public final class Main implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** The build's version for {@code --version}. */
    static final class BuildVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sallyport-control-plane " + Version.text()};
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do, for example: serve --data DIR");
    }

    public static void main(String[] args) {
        int code = commandLine().execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** What {@link #main} runs; writes to the streams that it is given and never ends the process. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, result) -> {
            if (failure instanceof StartFailure || failure instanceof CommandFailure) {
                command.getErr().println("sallyport-control-plane: " + failure.getMessage());
                return failure instanceof StartFailure ? 2 : 1;
            }
            throw failure;
        });
    }
}
