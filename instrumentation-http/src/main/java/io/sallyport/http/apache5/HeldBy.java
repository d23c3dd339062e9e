package io.sallyport.http.apache5;

import io.sallyport.http.HeldAdmissions;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.jspecify.annotations.Nullable;

/** A request of an asynchronous client that waits for people ends with its client. */
final class HeldBy {

    private HeldBy() {}

    static void client(@Nullable CloseableHttpAsyncClient client, CompletableFuture<?> admission) {
        if (client != null) {
            HeldAdmissions.of(client).add(admission, () -> isClosed(client));
        }
    }

    /** The failure of a request that was withdrawn while it was held, as its client says it. */
    static Exception withdrawn(@Nullable CloseableHttpAsyncClient client) {
        return client != null && isClosed(client)
                ? new CancellationException("Request execution cancelled")
                : new InterruptedIOException("Request aborted");
    }

    private static boolean isClosed(CloseableHttpAsyncClient client) {
        return client.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) >= 0;
    }
}
