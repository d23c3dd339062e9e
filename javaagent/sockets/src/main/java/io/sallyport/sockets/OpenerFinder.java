package io.sallyport.sockets;

import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.OwnLoaders;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who opens a connection, by a stack walk from the connect outwards.
 *
 * <ol>
 *   <li>Classes of the JDK come first. If one of them is a woven client (or {@code java.net.http}, whose client is woven but hands
 *       the connect to its own threads), the connection is mediated.
 *   <li>The nearest class outside the JDK is the <em>opener</em>. One of the agent's loaders makes it the agent's own channel.
 *   <li>The connection is mediated if the opener or a class further out that comes from the <em>same jar</em> (protection domain) is
 *       woven by a module that decides. Woven classes of other jars do not count: a data source is woven too, and vouches for no socket that a driver it does
 *       not know opens beneath it.
 * </ol>
 *
 * <p>A woven class vouches only for a library that is woven as a whole: where the nearest class that a module recognised belongs to one with a
 * refused class, that class itself or any other, the opener is {@linkplain Opener.Kind#FLAWED flawed}.
 *
 * <p>So it errs towards showing too much: a client that connects on threads of its own (an event loop) without a
 * woven class on that stack is known by its socket only ({@link io.sallyport.weaving.ClientSockets}), and listed is a socket factory that a woven driver was given from elsewhere. It errs the other way
 * only where application and driver were packed into one jar.
 *
 * <p>Thread-safe. Named classes and loops instead of lambdas: the first connect of a JVM may happen inside another agent's class
 * transformer.
 */
final class OpenerFinder implements Function<Stream<StackFrame>, Opener> {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** The woven types; the frames before them are the observer's. */
    private static final Set<String> CONNECTING =
            Set.of(SocketWeave.TYPE, SocketChannelWeave.TYPE, AsynchronousSocketChannelWeave.TYPE, NetWeave.TYPE);

    /** Connects, too, and sends datagrams. */
    private static final String DATAGRAMS = "sun.nio.ch.DatagramChannelImpl";

    /** JDK packages that only carry a connect; neither clients nor openers. */
    private static final Set<String> PLUMBING =
            Set.of("java.net", "java.nio.channels", "sun.nio.ch", "sun.security.ssl", "javax.net", "javax.net.ssl");

    private static final String JDK_HTTP = "jdk.internal.net.http";
    private static final String JDK_HTTP_CLIENT = JDK_HTTP + ".HttpClientImpl";

    private final Coverage coverage;

    OpenerFinder(Coverage coverage) {
        this.coverage = coverage;
    }

    Opener find() {
        return WALKER.walk(this);
    }

    @Override
    public Opener apply(Stream<StackFrame> stack) {
        Iterator<StackFrame> frames = stack.iterator();
        Class<?> opener = null;
        Class<?> jdkOpener = null;
        boolean connecting = false;
        boolean anyFlaw = !coverage.isFlawless();
        while (frames.hasNext()) {
            Class<?> type = frames.next().getDeclaringClass();
            if (!connecting) {
                connecting =
                        CONNECTING.contains(type.getName()) || type.getName().endsWith(NettySocketWeave.TYPE);
            } else if (opener != null) {
                boolean sameJar = sameJar(type, opener);
                if ((sameJar || anyFlaw) && (coverage.mediates(type) || coverage.flaw(type) != null)) {
                    String flaw = anyFlaw ? coverage.flaw(type) : null;
                    if (flaw != null) {
                        return new Opener(Opener.Kind.FLAWED, opener.getName(), flaw);
                    }
                    // The library that connects is whole; those further out are not asked.
                    anyFlaw = false;
                    if (sameJar) {
                        return new Opener(Opener.Kind.MEDIATED, opener.getName());
                    }
                }
            } else if (inJdk(type)) {
                if (type.getName().equals(DATAGRAMS)) {
                    return Opener.DATAGRAM;
                }
                if (PLUMBING.contains(type.getPackageName())) {
                    continue;
                }
                Opener client = known(jdkClient(type), type);
                if (client != null) {
                    return client;
                }
                jdkOpener = jdkOpener == null ? type : jdkOpener;
            } else if (OwnLoaders.contains(type.getClassLoader())) {
                return Opener.AGENT;
            } else {
                Opener known = known(type, type);
                if (known != null) {
                    return known;
                }
                opener = type;
            }
        }
        return new Opener(Opener.Kind.UNMEDIATED, name(opener, jdkOpener));
    }

    /** A thread of the JDK's own (RMI, say) has no frame outside the JDK. */
    private static String name(@Nullable Class<?> opener, @Nullable Class<?> jdkOpener) {
        Class<?> nearest = opener != null ? opener : jdkOpener;
        return nearest == null ? "unknown" : nearest.getName();
    }

    /** What {@code opener} is by what the coverage says of {@code type}; {@code null} where no module recognised it. */
    private @Nullable Opener known(Class<?> type, Class<?> opener) {
        String flaw = coverage.flaw(type);
        if (flaw != null) {
            return new Opener(Opener.Kind.FLAWED, opener.getName(), flaw);
        }
        return coverage.mediates(type) ? new Opener(Opener.Kind.MEDIATED, opener.getName()) : null;
    }

    private static Class<?> jdkClient(Class<?> type) {
        if (!type.getPackageName().startsWith(JDK_HTTP)) {
            return type;
        }
        try {
            return Class.forName(JDK_HTTP_CLIENT, false, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            return type;
        }
    }

    private static boolean sameJar(Class<?> type, Class<?> opener) {
        return type.getProtectionDomain() == opener.getProtectionDomain();
    }

    /** What others put on the boot path is not the JDK: it lives in no named module. */
    private static boolean inJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return type.getModule().isNamed() && (loader == null || loader == ClassLoader.getPlatformClassLoader());
    }
}
