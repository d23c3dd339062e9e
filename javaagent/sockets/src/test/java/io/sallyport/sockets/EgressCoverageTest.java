package io.sallyport.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.weaving.Coverage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EgressCoverageTest {

    private static final Coverage IGNORED = new Coverage() {
        @Override
        public boolean isWoven(Class<?> type) {
            return false;
        }

        @Override
        public String reason(Class<?> type) {
            return "nothing is woven here";
        }

        @Override
        public List<Entry> entries() {
            return List.of();
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public void include(Supplier<List<Entry>> source) {}

        @Override
        public void changed() {}
    };

    @Test
    void whatExceedsTheBoundIsCountedWithoutItsName() {
        EgressCoverage egress = new EgressCoverage(IGNORED, 2);
        for (int i = 0; i < 5; i++) {
            egress.unmediated("com.acme.Crawler", "host" + i + ":80");
        }
        egress.unmediated("com.acme.Crawler", "host0:80");
        assertThat(egress.get())
                .extracting(Coverage.Entry::type, Coverage.Entry::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "com.acme.Crawler", "opened 2 connections to host0:80 that no module mediates"),
                        org.assertj.core.groups.Tuple.tuple(
                                "com.acme.Crawler", "opened 1 connection to host1:80 that no module mediates"),
                        org.assertj.core.groups.Tuple.tuple(
                                "(others)",
                                "opened 3 connections that no module mediates, beyond the first 2 classes and targets"));
    }

    @Test
    void theBoundHoldsWhenManyThreadsAddAtOnce() throws Exception {
        BoundedCounts<Integer> counts = new BoundedCounts<>(10);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 1_000; i++) {
                    counts.add(i % 50);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread t : threads) {
            t.join();
        }
        long counted = counts.counts().values().stream()
                .mapToLong(java.util.concurrent.atomic.AtomicLong::get)
                .sum();
        assertThat(counts.counts()).hasSizeLessThanOrEqualTo(10);
        assertThat(counted + counts.surplus()).isEqualTo(8_000);
    }

    @Test
    void theSummaryHasOneLinePerTarget() {
        EgressCoverage egress = new EgressCoverage(IGNORED);
        egress.unmediated("com.acme.A", "db:5432");
        egress.unmediated("com.acme.B", "db:5432");
        egress.mediated("db:5432");
        egress.mediated("api:443");
        egress.refused("com.acme.B", "db:5432");
        assertThat(egress.summary())
                .containsExactly(
                        "api:443: 1 connection mediated, 0 refused, 0 unmediated",
                        "db:5432: 1 connection mediated, 1 refused, 2 unmediated");
    }

    @Test
    void onlyGovernedTargetsThatWereGonePastAreFindings() {
        EgressCoverage egress = new EgressCoverage(IGNORED);
        egress.unmediated("com.acme.A", "somewhere:80");
        egress.governed("db:5432");
        egress.mediated("db:5432");
        assertThat(egress.findings()).isEmpty();
        assertThat(egress.get())
                .contains(new Coverage.Entry(
                        "sockets", "db:5432", Coverage.State.TARGET, "1 connection mediated, 0 refused, 0 unmediated"));
        egress.refused("com.acme.B", "db:5432");
        assertThat(egress.findings()).containsExactly("db:5432: 1 connection mediated, 1 refused, 0 unmediated");
    }

    @Test
    void endpointsAreNamedWithoutAskingANameService() throws Exception {
        assertThat(Places.of(InetSocketAddress.createUnresolved("no.such.host.invalid", 1)))
                .isEqualTo("no.such.host.invalid:1");
        assertThat(Places.of(new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 1, 2, 3}), 2)))
                .isEqualTo("10.1.2.3:2");
        assertThat(Places.of(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 3)))
                .isEqualTo("[2001:db8:0:0:0:0:0:1]:3");
        assertThat(Places.of(UnixDomainSocketAddress.of("/tmp/none"))).isNull();
        assertThat(Places.of(null)).isNull();
    }
}
