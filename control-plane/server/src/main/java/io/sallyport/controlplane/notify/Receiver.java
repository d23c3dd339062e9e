package io.sallyport.controlplane.notify;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.approvals.ApprovalView;
import io.sallyport.controlplane.configuration.NotifySettings;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where notifications go. The statement itself is not sent, only what it is about and a link: whoever may see more sees it there. Thread-safe.
 */
sealed interface Receiver permits HttpReceiver, MailReceiver {

    /** For messages in the log. */
    String name();

    /**
     * Sends once.
     *
     * @param link to the ticket; {@code null} when the settings have no url
     * @throws IOException when it was not taken; the message does not repeat the address
     */
    void send(String news, ApprovalView ticket, @Nullable String link, Instant now) throws IOException;

    /** @throws StartFailure for settings that cannot work */
    static Receiver of(NotifySettings settings) {
        String name = settings.name() == null ? "without a name" : settings.name();
        long kinds = Stream.of(settings.webhook(), settings.slack(), settings.email())
                .filter(Objects::nonNull)
                .count();
        if (kinds != 1) {
            throw new StartFailure("settings: notify " + name + " needs one of webhook, slack and email");
        }
        return settings.email() == null
                ? new HttpReceiver(name, settings)
                : new MailReceiver(name, settings.email(), settings.ca());
    }
}
