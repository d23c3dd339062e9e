package io.sallyport.core.hold;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.RequestBody;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Ties an approval to exactly one call: SHA-256 over the identity, the target, and everything of the command that decides what it
 * does. Two calls are equal when their bindings are. Thread-safe.
 *
 * <p>Request headers count, credentials among them (the same DELETE under another token is another call); those that tracing and
 * transport make anew for each attempt do not. A parameter whose content cannot be read without using it up (a stream, a LOB, an
 * application's own type) makes the call equal to no other one.
 */
final class BindingDigest {

    private static final Set<String> PER_ATTEMPT = Set.of(
            "traceparent",
            "tracestate",
            "baggage",
            "b3",
            "sentry-trace",
            "uber-trace-id",
            "x-amzn-trace-id",
            "x-request-id",
            "x-correlation-id",
            "date",
            "connection",
            "keep-alive");
    private static final List<String> PER_ATTEMPT_PREFIXES = List.of("x-b3-", "x-datadog-", "uberctx-");

    /** Kept from the start, so that a security provider which the application installs later computes no binding. */
    private final MessageDigest prototype;

    BindingDigest() {
        try {
            prototype = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256, which every one must have", e);
        }
    }

    /**
     * @param call the call's id, which stands for parameters that cannot be read
     * @param context see {@link Situation#context}
     * @return 64 hex digits
     */
    String of(Command command, Identity identity, String call, String context) {
        Canonical out = new Canonical(copyOfPrototype(), call);
        identity(out, identity);
        out.text(command.target().protocol().name())
                .text(command.target().vendor())
                .text(command.target().url());
        command.target().endpoints().forEach(e -> out.text(e.host()).text(Integer.toString(e.port())));
        out.text(command.target().database()).text(context);
        if (command instanceof SqlCommand sql) {
            out.text("sql").text(sql.analysis().sql()).size(sql.parameterSets().size());
            for (List<@Nullable Object> set : sql.parameterSets()) {
                out.value(set);
            }
        } else if (command instanceof HttpCommand http) {
            out.text("http").text(http.method()).text(http.path()).text(http.query());
            out.value(http.readings().others());
            headers(out, http.headers());
            body(out, http.body(), call);
        } else if (command instanceof ConnectCommand connect) {
            out.text("connect").text(connect.user()).value(new TreeMap<>(connect.settings()));
        }
        return HexFormat.of().formatHex(out.digest());
    }

    private static void identity(Canonical out, Identity identity) {
        out.text(identity.subject()).text(Boolean.toString(identity.verified()));
        out.value(List.copyOf(new TreeSet<>(identity.groups())));
        out.value(new TreeMap<>(identity.labels()));
    }

    private static void headers(Canonical out, Map<String, List<String>> headers) {
        Map<String, List<String>> sorted = new TreeMap<>(headers);
        sorted.keySet().removeIf(BindingDigest::perAttempt);
        out.value(sorted);
    }

    private static void body(Canonical out, @Nullable RequestBody body, String call) {
        if (body == RequestBody.UNREAD) {
            out.text("unread").text(call);
        } else if (body != null) {
            out.text("body").value(body.bytes());
        }
    }

    private static boolean perAttempt(String header) {
        return PER_ATTEMPT.contains(header) || PER_ATTEMPT_PREFIXES.stream().anyMatch(header::startsWith);
    }

    private MessageDigest copyOfPrototype() {
        try {
            return (MessageDigest) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the runtime's SHA-256 cannot be cloned", e);
        }
    }
}
