package io.sallyport.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientSocketsTest {

    private final ClientSockets sockets = new ClientSockets();
    private final WovenCoverage coverage = new WovenCoverage();

    private static WeaveModule module(String name) {
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
        };
    }

    @Test
    void aMarkIsGoodForOneConnect() {
        Object tried = new Object();
        Object first = new Object();
        Object second = new Object();
        sockets.begin("vertx");
        sockets.opened(tried);
        sockets.opened(first);
        sockets.connects(first);
        sockets.opened(second);
        sockets.connects(second);
        assertThat(sockets.isClients(first)).isTrue();
        assertThat(sockets.isClients(second)).isFalse();
    }

    @Test
    void whatWasNotUsedIsNobodysAfterTheEnd() {
        sockets.begin("vertx");
        sockets.end();
        assertThat(sockets.isClients(new Object())).isFalse();
    }

    @Test
    void aClientThatIsNotWovenAsAWholeOwnsNothing() {
        sockets.flawed(coverage::isFlawed);
        Object its = new Object();
        Object others = new Object();
        sockets.begin("vertx");
        sockets.hand(its);
        sockets.begin("reactor-netty");
        sockets.hand(others);
        coverage.refused(module("vertx"), "io.vertx.A", null, "cannot be woven");
        assertThat(sockets.isClients(its)).isFalse();
        assertThat(sockets.isClients(others)).isTrue();
    }

    @Test
    void aRefusedClassIsAFlawOfItsOwnLibraryAndLoaderOnly() {
        WeaveModule jdbc = module("jdbc");
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
