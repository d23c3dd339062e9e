package io.sallyport.jdbc;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program for a JVM with virtual threads and one carrier: a statement waits for approval on one of them, and another has to run
 * meanwhile. Arguments: URL, user, password.
 */
final class VirtualHold {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - {name: ask, when: {kind: [delete]}, then: approve, approval: {wait: 60s}}
            """;

    private VirtualHold() {}

    public static void main(String[] arguments) throws Exception {
        CompletableFuture<Consumer<Outcome>> asked = new CompletableFuture<>();
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                asked.complete(listener);
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        try (UnderPolicy policy = new UnderPolicy(POLICY, new HoldRoom(desk, Clock.systemUTC()));
                Connection c = WovenProcess.connect(arguments[0], "user", arguments[1], "password", arguments[2])) {
            CompletableFuture<Integer> deleted = onVirtualThread(() -> {
                try (Statement s = c.createStatement()) {
                    return s.executeUpdate("DELETE FROM held");
                }
            });
            Consumer<Outcome> answer = asked.get(30, TimeUnit.SECONDS);
            onVirtualThread(() -> 1).get(20, TimeUnit.SECONDS);
            System.out.println("another virtual thread ran while the statement waited: " + !deleted.isDone());
            answer.accept(new Outcome.Approved(List.of("ann"), "", false));
            System.out.println("deleted: " + deleted.get(20, TimeUnit.SECONDS));
        }
        System.exit(0);
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> onVirtualThread(Work<T> work) throws ReflectiveOperationException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable body = () -> {
            try {
                result.complete(work.run());
            } catch (Throwable t) {
                result.completeExceptionally(t);
            }
        };
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        return result;
    }
}
