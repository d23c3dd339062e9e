package io.sallyport.weaving;

import io.sallyport.core.command.Caller;
import java.lang.StackWalker.StackFrame;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in the application a call is made: the nearest frame that is neither the JDK's, the agent's nor that of a library which only
 * carries calls (drivers, pools, mappers, clients). A walk costs microseconds; {@link #unwalked} leaves it until somebody asks.
 */
public final class CallSites {

    /** What lies between the agent and the nearest frame of an application that calls a driver or a client itself; the JVM fetches as many at once. */
    private static final int USUAL_DEPTH = 11;

    private static final StackWalker WALKER =
            StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), USUAL_DEPTH);
    private static final Caller.Walk WALK = new Caller.Walk() {
        @Override
        public @Nullable String nearest() {
            return CallSites.nearest();
        }

        @Override
        public @Nullable String outermost() {
            return CallSites.outermost();
        }
    };

    /** Prefixes of class names. What runs statements of its own (migration tools, for example) is an application. */
    private static final String[] LIBRARIES = {
        // the JDK's classes outside its two loaders, and languages
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "com.sun.",
        "kotlin.",
        "kotlinx.",
        "jakarta.",
        // drivers
        "org.postgresql.",
        "org.h2.",
        "com.mysql.",
        "org.mariadb.",
        "org.sqlite.",
        "com.microsoft.sqlserver.",
        "oracle.",
        // pools and wrappers
        "com.zaxxer.hikari.",
        "org.apache.commons.dbcp2.",
        "org.apache.tomcat.jdbc.",
        "com.mchange.v2.",
        "com.p6spy.",
        "net.ttddyy.dsproxy.",
        // mappers
        "org.hibernate.",
        "org.apache.ibatis.",
        "org.mybatis.",
        "org.jooq.",
        "org.jdbi.",
        // HTTP clients and what rides on them
        "okhttp3.",
        "retrofit2.",
        "org.apache.hc.",
        "org.apache.http.",
        "reactor.",
        "io.netty.",
        "org.eclipse.jetty.",
        "org.asynchttpclient.",
        "io.vertx.",
        "feign.",
        "io.fabric8.",
        "io.kubernetes.client.",
        "software.amazon.awssdk.",
        "co.elastic.clients.",
        "org.elasticsearch.client.",
        // both
        "org.springframework.",
        // the agent, where it shares a loader with the application (a module's own tests)
        "io.sallyport.core.",
        "io.sallyport.weaving.",
        "io.sallyport.http.",
        "io.sallyport.jdbc.execute.",
        "io.sallyport.jdbc.connect.",
        "io.sallyport.jdbc.advice.",
    };

    /** What an application runs in, beside those: where a thread comes from, and no part of the application. */
    private static final String[] CONTAINERS = {
        "org.apache.catalina.",
        "org.apache.coyote.",
        "org.apache.tomcat.",
        "io.undertow.",
        "org.jboss.",
        "org.wildfly.",
        "org.glassfish.",
        "weblogic.",
        "com.ibm.ws.",
        "io.quarkus.",
        "io.micronaut.",
        "io.helidon.",
        "org.quartz.",
        "org.apache.camel.",
        "org.apache.kafka.",
        "akka.",
        "org.apache.pekko.",
        "scala.",
        "groovy.",
        "org.codehaus.groovy.",
        "org.junit.",
        "org.apache.maven.",
        "org.gradle.",
    };

    private CallSites() {}

    /** {@code package.Class.method:line}, or {@code null} where the whole stack is the JDK's and libraries'. */
    public static @Nullable String nearest() {
        return WALKER.walk(CallSites::first);
    }

    /** Frame by frame: a pipeline costs a third of a walk that ends so soon. */
    private static @Nullable String first(Stream<StackFrame> frames) {
        Spliterator<StackFrame> each = frames.spliterator();
        Last last = new Last();
        while (each.tryAdvance(last)) {
            if (isApplication(last.frame())) {
                return words(last.frame());
            }
        }
        return null;
    }

    /** The frame that a walk has come to. */
    private static final class Last implements Consumer<StackFrame> {
        private @Nullable StackFrame frame;

        @Override
        public void accept(StackFrame next) {
            frame = next;
        }

        StackFrame frame() {
            return Objects.requireNonNull(frame);
        }
    }

    /** The same for the farthest such frame that no container runs in: where the thread came into the application. */
    public static @Nullable String outermost() {
        return WALKER.walk(frames -> frames.filter(CallSites::isApplication)
                .filter(f -> !beginsWithOne(f.getClassName(), CONTAINERS))
                .reduce((inner, outer) -> outer)
                .map(CallSites::words)
                .orElse(null));
    }

    private static String words(StackFrame f) {
        // The JVM is asked once for both; a frame's own methods ask twice.
        StackTraceElement e = f.toStackTraceElement();
        return e.getClassName() + "." + e.getMethodName() + ":" + e.getLineNumber();
    }

    /** A caller whose exact site is found on demand ({@link Caller#exact}). */
    public static Caller unwalked() {
        return new Caller(Thread.currentThread().getName(), null, false, WALK);
    }

    /** A caller with the site of an earlier call of the same kind; the exact one is found on demand. */
    public static Caller sampled(@Nullable String site) {
        return new Caller(Thread.currentThread().getName(), site, true, WALK);
    }

    /** A caller whose site is known now. */
    public static Caller walked() {
        return new Caller(Thread.currentThread().getName(), nearest(), false, WALK);
    }

    private static boolean isApplication(StackFrame frame) {
        ClassLoader loader = frame.getDeclaringClass().getClassLoader();
        if (loader == null || OwnLoaders.contains(loader)) {
            return false;
        }
        return !beginsWithOne(frame.getClassName(), LIBRARIES);
    }

    private static boolean beginsWithOne(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
