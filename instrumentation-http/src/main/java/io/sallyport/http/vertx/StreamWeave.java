package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.not;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.List;

/**
 * Every {@code HttpClientStream}: one exchange on a connection, which hands an answer to its handlers.
 *
 * @param since51 in which of its two shapes
 */
record StreamWeave(boolean since51) implements WeavePoint {

    static final List<String> TYPES = List.of(
            "io.vertx.core.http.impl.Http1xClientConnection$StreamImpl",
            "io.vertx.core.http.impl.Http2ClientConnection$StreamImpl",
            "io.vertx.core.http.impl.Http2UpgradeClientConnection$DelegatingStream",
            "io.vertx.core.http.impl.Http2UpgradeClientConnection$UpgradingStream",
            "io.vertx.core.http.impl.StatisticsGatheringHttpClientStream",
            // Since 5.1; those of HTTP/2 and HTTP/3 have in common with a server's what hands an answer on.
            "io.vertx.core.http.impl.http1.Http1ClientConnection$StreamImpl",
            "io.vertx.core.http.impl.http2.DefaultHttp2Stream",
            "io.vertx.core.http.impl.http3.Http3Stream",
            "io.vertx.core.http.impl.tcp.Http2UpgradeClientConnection$DelegatingStream",
            "io.vertx.core.http.impl.tcp.Http2UpgradeClientConnection$UpgradingStream");

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        Match<TypeInfo> types = namedOneOf(TYPES.toArray(String[]::new));
        return types.and(since51 ? Since51.STREAM : not(Since51.STREAM));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named(since51 ? "dataHandler" : "chunkHandler"), PACKAGE + "ChunkHandlerAdvice")
                .must(named(since51 ? "trailersHandler" : "endHandler"), PACKAGE + "EndHandlerAdvice")
                .must(named("exceptionHandler"), PACKAGE + "ExceptionHandlerAdvice");
    }
}
