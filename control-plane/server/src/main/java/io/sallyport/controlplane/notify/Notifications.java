package io.sallyport.controlplane.notify;

import io.sallyport.controlplane.approvals.ApprovalView;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is new about tickets: that one waits, and how it ended. One replica sends each piece of news. A receiver that does not answer is
 * tried three times; nothing waits for it. Thread-safe.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int ATTEMPTS = 3;
    private static final int MOST_QUEUED = 1000;

    private final List<Receiver> receivers;
    private final @Nullable String url;
    private final Approvals approvals;
    private final Database database;
    private final Clock clock;
    private final ThreadPoolExecutor senders =
            new ThreadPoolExecutor(2, 2, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_QUEUED), run -> {
                Thread thread = new Thread(run, "notifications");
                thread.setDaemon(true);
                return thread;
            });

    public Notifications(Configuration configuration, Approvals approvals, Database database, Clock clock) {
        this.receivers =
                configuration.notifications().stream().map(Receiver::of).toList();
        this.url = configuration.url() == null ? null : configuration.publicUrl();
        this.approvals = approvals;
        this.database = database;
        this.clock = clock;
        senders.allowCoreThreadTimeOut(true);
    }

    /** Listens to the store's notices. */
    public void on(Notice notice) {
        if (receivers.isEmpty() || notice.kind() != Notice.Kind.APPROVAL) {
            return;
        }
        approvals
                .find(notice.subject())
                .filter(this::isNews)
                .ifPresent(ticket -> receivers.forEach(receiver -> {
                    try {
                        senders.execute(() -> send(receiver, ticket));
                    } catch (RejectedExecutionException e) {
                        LOG.warn("a notification to {} was dropped: too many wait", receiver.name());
                    }
                }));
    }

    /** Whether this replica is the first to see the ticket in this state. */
    private boolean isNews(ApprovalView ticket) {
        try {
            database.run(tx -> tx.update("insert into notified (approval_id, news) values (:id, :news)")
                    .bind("id", ticket.id())
                    .bind("news", news(ticket))
                    .execute());
            return true;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith("23")) {
                return false;
            }
            throw e;
        }
    }

    private static String news(ApprovalView ticket) {
        if (ticket.brokenGlass()) {
            return Wording.BROKEN_GLASS;
        }
        return ticket.escalated() != null && ticket.state().equals(Wording.WAITING)
                ? Wording.ESCALATED
                : ticket.state();
    }

    private void send(Receiver receiver, ApprovalView ticket) {
        String link =
                url == null ? null : url + "/#/approvals/" + URLEncoder.encode(ticket.id(), StandardCharsets.UTF_8);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                receiver.send(news(ticket), ticket, link, clock.instant());
                return;
            } catch (IOException e) {
                LOG.warn(
                        "notification to {} failed, attempt {} of {}: {}",
                        receiver.name(),
                        attempt,
                        ATTEMPTS,
                        e.getMessage());
            }
            try {
                TimeUnit.SECONDS.sleep(attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
