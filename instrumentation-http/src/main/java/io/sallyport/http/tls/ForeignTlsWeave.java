package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.hasSuperType;
import static io.sallyport.weaving.match.Matchers.nameContains;
import static io.sallyport.weaving.match.Matchers.nameStartsWith;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.not;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * Subclasses of {@code SSLEngine} and {@code SSLSocket} that are not the JDK's. Left out are Netty's {@code JdkSslEngine} and what extends it: they
 * only carry an engine of the JDK's, Conscrypt's or Bouncy Castle's, which is looked at itself.
 */
final class ForeignTlsWeave implements WeavePoint {

    private static final String ADVICE = "io.sallyport.http.tls.ForeignHandshakeAdvice";

    @Override
    public Match<? super TypeInfo> types() {
        return hasSuperType(named("javax.net.ssl.SSLEngine").or(named("javax.net.ssl.SSLSocket")))
                .and(not(hasSuperType(nameContains("netty.handler.ssl.Jdk"))))
                .and(not(nameStartsWith("sun.security.ssl.")));
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("beginHandshake")
                        .or(named("startHandshake"))
                        .and(takesNoArguments())
                        .or(named("wrap").and(takesArguments(4))),
                ADVICE);
        weave.call(named("getOutputStream").and(takesNoArguments()), "io.sallyport.http.tls.WrappedOutputAdvice");
    }
}
