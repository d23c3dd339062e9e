package io.sallyport.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectorsTest {

    private static final String OPENER = "io.netty.channel.socket.nio.NioSocketChannel";

    private final WovenCoverage coverage = new WovenCoverage();

    private static WeaveModule client(String name, String connector) {
        return new WeaveModule() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Idiom idiom() {
                return Idiom.IO;
            }

            @Override
            public ClassFilter filter() {
                return ClassFilter.named();
            }

            @Override
            public List<WeavePoint> points() {
                return List.of();
            }

            @Override
            public Set<String> connectors() {
                return Set.of(connector);
            }
        };
    }

    @Test
    void anEventLoopIsItsClientsAsLongAsAllItsClientsAreWovenAsAWhole() {
        WeaveModule vertx = client("vertx", "io.netty.");
        WeaveModule reactor = client("reactor-netty", "io.netty.");
        WeaveModule apache = client("apache5", "org.apache.hc.core5.reactor.");
        Connectors connectors = new Connectors(List.of(vertx, reactor, apache), coverage);
        assertThat(connectors.include(OPENER)).isTrue();
        assertThat(connectors.include("com.acme.Loop")).isFalse();

        coverage.refused(apache, "org.apache.hc.A", null, "cannot be woven");
        assertThat(connectors.include(OPENER)).isTrue();

        coverage.refused(reactor, "reactor.netty.A", getClass().getClassLoader(), "cannot be woven");
        assertThat(connectors.include(OPENER)).isFalse();
    }

    @Test
    void aRefusedClassIsAFlawOfItsOwnLibraryAndLoaderOnly() {
        WeaveModule jdbc = client("jdbc", "none.");
        ClassLoader here = getClass().getClassLoader();
        coverage.woven(jdbc, getClass().getName(), here, "");
        assertThat(coverage.flaw(getClass())).isNull();

        coverage.refused(jdbc, "com.acme.A", null, "cannot be woven");
        assertThat(coverage.flaw(getClass())).isNull();
        assertThat(coverage.isFlawless()).isFalse();

        coverage.refused(jdbc, "com.acme.B", here, "cannot be woven");
        assertThat(coverage.flaw(getClass())).isEqualTo("com.acme.B cannot be woven");
        assertThat(coverage.flaw(String.class)).isNull();
    }
}
