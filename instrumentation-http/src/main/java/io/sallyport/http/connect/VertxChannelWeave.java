package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.isStatic;
import static io.sallyport.weaving.match.Matchers.nameStartsWith;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.not;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code ChannelProvider} of Vert.x: opens one channel, by way of a proxy after its name was resolved. */
final class VertxChannelWeave implements WeavePoint {

    static final String[] TYPES = {
        "io.vertx.core.net.impl.ChannelProvider", "io.vertx.core.net.impl.tcp.ChannelProvider"
    };

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(isPublic()), PACKAGE + "HandThisAdvice")
                .must(named("handleConnect"), PACKAGE + "ResumeThisAdvice")
                .must(nameStartsWith("lambda$handleProxyConnect$").and(not(isStatic())), PACKAGE + "ResumeThisAdvice")
                .call(named("connectViaProxy"), PACKAGE + "ResumeThisAdvice");
    }
}
