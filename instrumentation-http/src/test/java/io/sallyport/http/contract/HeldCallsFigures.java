package io.sallyport.http.contract;

import io.sallyport.http.contract.HttpClientContract.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Prints how long calls take beside calls that people are asked about, for PERFORMANCE.md; what has to hold whatever the machine is in {@link
 * AsyncHttpClientContract#fiveHundredHeldRequestsLeaveTheClientFreeForOthers}. Turn by turn, without and with held calls.
 */
final class HeldCallsFigures {

    private static final int TURNS = 6;
    private static final int CALLS = 500;
    private static final int AT_ONCE = 8;
    private static final int HELD = 500;

    private final Function<String, CompletableFuture<Answer>> get;

    /** @param get starts a call of that path and query */
    HeldCallsFigures(Function<String, CompletableFuture<Answer>> get) {
        this.get = get;
    }

    void print(String client) throws Exception {
        served();
        served();
        long[] free = new long[0];
        long[] beside = new long[0];
        for (int turn = 0; turn < TURNS; turn++) {
            free = both(free, served());
            List<CompletableFuture<Answer>> held = IntStream.range(0, HELD)
                    .mapToObj(i -> get.apply("/held?n=" + i))
                    .toList();
            List<Approver.Case> asked = new ArrayList<>();
            while (asked.size() < HELD) {
                asked.add(Governed.APPROVER.next());
            }
            beside = both(beside, served());
            asked.forEach(Approver.Case::refuse);
            for (CompletableFuture<Answer> one : held) {
                one.handle((answer, refused) -> refused).get();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %d us alone, %d us beside %d held calls, ratio %.2f; p99 %d us, %d us, ratio %.2f%n",
                client,
                at(free, 50),
                at(beside, 50),
                HELD,
                at(beside, 50) / (double) at(free, 50),
                at(free, 99),
                at(beside, 99),
                at(beside, 99) / (double) at(free, 99));
    }

    /** @return how long each call took, in microseconds */
    private long[] served() throws InterruptedException {
        long[] micros = new long[CALLS];
        Semaphore places = new Semaphore(AT_ONCE);
        for (int i = 0; i < CALLS; i++) {
            int call = i;
            places.acquire();
            long began = System.nanoTime();
            get.apply("/open").whenComplete((answer, failure) -> {
                micros[call] = failure == null ? (System.nanoTime() - began) / 1_000 : Long.MAX_VALUE;
                places.release();
            });
        }
        places.acquire(AT_ONCE);
        return micros;
    }

    private static long[] both(long[] some, long[] more) {
        long[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static long at(long[] micros, int percent) {
        long[] sorted = micros.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, (long) sorted.length * percent / 100)];
    }
}
