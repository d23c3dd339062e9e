package io.sallyport.core.command;

import java.util.Map;

/**
 * A physical connection is about to be opened.
 *
 * @param settings effective connection settings (URL parameters, then properties), names as the driver spells them; secrets
 *     (password, key passphrases) are left out by the instrumentation that builds the command
 * @param user user that the connection authenticates as; empty where none is named
 */
public record ConnectCommand(Target target, String session, Caller caller, Map<String, String> settings, String user)
        implements Command {

    public ConnectCommand {
        settings = Map.copyOf(settings);
    }

    @Override
    public ConnectCommand withCaller(Caller other) {
        return new ConnectCommand(target, session, other, settings, user);
    }

    @Override
    public String summary() {
        return "connect";
    }
}
