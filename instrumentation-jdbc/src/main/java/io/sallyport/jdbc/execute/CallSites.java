package io.sallyport.jdbc.execute;

import io.sallyport.core.command.Caller;
import io.sallyport.core.sql.SqlAnalysis;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where in the application a call is made. A stack walk costs microseconds, so the site is taken at the first and every 256th
 * execution of a statement shape and marked as sampled; the gate asks for the exact one where it matters ({@link Caller#exact}).
 * Thread-safe; samples of colliding shapes overwrite each other.
 */
public final class CallSites {

    private static final int EVERY = 256;
    private static final int SLOTS = 1024;
    private static final ClassLoader AGENT = CallSites.class.getClassLoader();
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Supplier<@Nullable String> WALK = CallSites::nearest;

    /** Drivers and pools, which are never the application. */
    private static final List<String> NOT_APPLICATION = List.of(
            "org.postgresql.",
            "org.h2.",
            "com.mysql.",
            "org.mariadb.",
            "org.sqlite.",
            "com.microsoft.sqlserver.",
            "oracle.",
            "com.zaxxer.hikari.",
            "org.apache.commons.dbcp2.",
            "org.apache.tomcat.jdbc.",
            "com.mchange.v2.",
            "com.p6spy.",
            "net.ttddyy.dsproxy.",
            "jdk.",
            "java.",
            "javax.",
            "sun.",
            "com.sun.");

    private final AtomicReferenceArray<@Nullable Sample> samples = new AtomicReferenceArray<>(SLOTS);

    private static final class Sample {
        private final String fingerprint;
        private final @Nullable String site;
        /** The last caller with this site; made anew only for another thread, or one of another name. Racy on purpose. */
        private @Nullable Caller caller;
        // Racy on purpose: a lost count delays the next sample by one.
        private int uses;

        Sample(String fingerprint, @Nullable String site) {
            this.fingerprint = fingerprint;
            this.site = site;
        }
    }

    /** A caller whose exact site is found on demand. */
    public static Caller unwalked() {
        return new Caller(Thread.currentThread().getName(), null, false, WALK);
    }

    /** A caller with the site of an earlier execution of the same shape. */
    @SuppressWarnings("ReferenceEquality") // a thread keeps the object of its name
    public Caller sampled(SqlAnalysis analysis) {
        String fingerprint = analysis.fingerprint();
        int slot = fingerprint.hashCode() & (SLOTS - 1);
        Sample sample = samples.get(slot);
        if (sample == null || !sample.fingerprint.equals(fingerprint) || ++sample.uses >= EVERY) {
            sample = new Sample(fingerprint, nearest());
            samples.set(slot, sample);
        }
        String thread = Thread.currentThread().getName();
        Caller caller = sample.caller;
        if (caller == null || caller.thread() != thread) {
            caller = new Caller(thread, sample.site, true, WALK);
            sample.caller = caller;
        }
        return caller;
    }

    private static @Nullable String nearest() {
        Optional<StackWalker.StackFrame> frame =
                WALKER.walk(frames -> frames.filter(CallSites::isApplication).findFirst());
        return frame.map(f -> f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber())
                .orElse(null);
    }

    private static boolean isApplication(StackWalker.StackFrame frame) {
        ClassLoader loader = frame.getDeclaringClass().getClassLoader();
        if (loader == null || loader == AGENT || "sallyport-module".equals(loader.getName())) {
            return false;
        }
        String name = frame.getClassName();
        for (String prefix : NOT_APPLICATION) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        return true;
    }
}
