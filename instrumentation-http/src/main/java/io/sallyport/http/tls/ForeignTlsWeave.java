package io.sallyport.http.tls;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.nameContains;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Subclasses of {@code SSLEngine} and {@code SSLSocket} that are not the JDK's. Left out are Netty's {@code JdkSslEngine} and what extends it: they
 * only carry an engine of the JDK's, Conscrypt's or Bouncy Castle's, which is looked at itself.
 */
final class ForeignTlsWeave implements WeavePoint {

    private static final String ADVICE = "io.sallyport.http.tls.ForeignHandshakeAdvice";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
    }
}
