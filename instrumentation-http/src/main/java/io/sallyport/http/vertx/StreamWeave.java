package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.util.List;

/** Every {@code HttpClientStream}: one exchange on a connection, which hands an answer to its handlers. */
final class StreamWeave implements WeavePoint {

    static final List<String> TYPES = List.of(
            "io.vertx.core.http.impl.Http1xClientConnection$StreamImpl",
            "io.vertx.core.http.impl.Http2ClientConnection$StreamImpl",
            "io.vertx.core.http.impl.Http2UpgradeClientConnection$DelegatingStream",
            "io.vertx.core.http.impl.Http2UpgradeClientConnection$UpgradingStream",
            "io.vertx.core.http.impl.StatisticsGatheringHttpClientStream");

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES.toArray(String[]::new));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("chunkHandler"), PACKAGE + "ChunkHandlerAdvice")
                .must(named("endHandler"), PACKAGE + "EndHandlerAdvice");
    }
}
