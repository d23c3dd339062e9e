package io.sallyport.agent.startup;

import io.sallyport.core.verdict.StandardGate;
import io.sallyport.link.LinkOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operator asked for. Each option can be given, in this order of precedence, as agent argument
 * ({@code -javaagent:sallyport-agent.jar=policy=./policy.yaml,spool=/var/spool/app}), as system property
 * ({@code -Dsallyport.policy=…}) or as environment variable ({@code SALLYPORT_POLICY=…}).
 *
 * @param policy policy file, for use without a control plane
 * @param controlPlane base URL of the control plane
 * @param tokenFile file with the join token; without the option, what the control plane's {@code login} command left for this user
 * @param caFile PEM file with the control plane's CA; without it the join token's pin decides
 * @param spool directory for events, the last policy and the credential
 * @param spoolBytes how much disk the events may take ({@code spool-size=512m})
 * @param recordingKey file with the key of recordings; made if it is not there; without it, in the spool directory
 * @param workload the name that this workload gives itself
 * @param labels {@code labels=env:prod;team:orders}
 * @param reason why this process does what it does, for those who approve its calls; {@code sallyport.reason} of the logging context goes first
 * @param coldStartWait how long governed calls wait for the first policy
 * @param observeOnColdStart whether they then pass ({@code on-cold-start=observe}) instead of being refused
 * @param httpSessionIdle how long a session of HTTP stays open without a request
 */
record AgentOptions(
        @Nullable Path policy,
        @Nullable String controlPlane,
        @Nullable Path tokenFile,
        @Nullable Path caFile,
        Path spool,
        long spoolBytes,
        @Nullable Path recordingKey,
        String workload,
        Map<String, String> labels,
        @Nullable String reason,
        Duration coldStartWait,
        boolean observeOnColdStart,
        Duration httpSessionIdle) {

    private static final Duration COLD_START_WAIT = Duration.ofSeconds(30);

    private static final Set<String> NAMES = Set.of(
            "policy",
            "control-plane",
            "token-file",
            "ca-file",
            "spool",
            "spool-size",
            "recording-key",
            "workload",
            "labels",
            "reason",
            "cold-start-wait",
            "on-cold-start",
            "http-session-idle");

    static AgentOptions parse(@Nullable String arguments) {
        return parse(arguments, System::getProperty, System::getenv);
    }

    static AgentOptions parse(
            @Nullable String arguments,
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = properties.apply("sallyport." + name);
            if (value == null) {
                value = environment.apply("SALLYPORT_" + name.replace('-', '_').toUpperCase(Locale.ROOT));
            }
            if (value != null && !value.isBlank()) {
                values.put(name, value.strip());
            }
        }
        values.putAll(fromArguments(arguments));
        if (values.containsKey("policy") && values.containsKey("control-plane")) {
            throw new StartupException(
                    "options policy and control-plane exclude each other: a policy comes from a file or from the"
                            + " control plane");
        }
        String plane = values.get("control-plane");
        if (plane != null && !plane.startsWith("https://")) {
            throw new StartupException("option control-plane must be an https:// URL, for example https://host:8443");
        }
        return new AgentOptions(
                path(values, "policy"),
                plane,
                plane == null || values.containsKey("token-file") ? path(values, "token-file") : ofLogin(properties),
                path(values, "ca-file"),
                values.containsKey("spool") ? Path.of(values.get("spool")) : defaultSpool(properties),
                bytes(values.get("spool-size")),
                path(values, "recording-key"),
                values.getOrDefault("workload", defaultWorkload(properties)),
                labels(values.getOrDefault("labels", "")),
                values.get("reason"),
                seconds(values, "cold-start-wait", COLD_START_WAIT, 0, 3_600),
                observe(values.getOrDefault("on-cold-start", "deny")),
                seconds(values, "http-session-idle", StandardGate.HTTP_SESSION_IDLE, 1, 86_400));
    }

    private static Map<String, String> fromArguments(@Nullable String arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        if (arguments == null || arguments.isBlank()) {
            return values;
        }
        for (String part : arguments.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            if (!NAMES.contains(name)) {
                throw new StartupException("unknown agent option '" + name + "'; known options: "
                        + String.join(", ", new java.util.TreeSet<>(NAMES)));
            }
            if (equals < 0 || equals == part.length() - 1) {
                throw new StartupException("agent option '" + name + "' needs a value: " + name + "=…");
            }
            values.put(name, part.substring(equals + 1).strip());
        }
        return values;
    }

    /** Where {@code sallyport-control-plane.jar login} puts a person's token. */
    private static @Nullable Path ofLogin(Function<String, @Nullable String> properties) {
        Path token = Path.of(String.valueOf(properties.apply("user.home")), ".sallyport", "token");
        return Files.isReadable(token) ? token : null;
    }

    private static @Nullable Path path(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null ? null : Path.of(value);
    }

    /** Below the temporary directory: an application's own folder is not ours to write to. Production sets a persistent one. */
    private static Path defaultSpool(Function<String, @Nullable String> properties) {
        return Path.of(
                String.valueOf(properties.apply("java.io.tmpdir")), "sallyport-" + properties.apply("user.name"));
    }

    private static String defaultWorkload(Function<String, @Nullable String> properties) {
        String command = properties.apply("sun.java.command");
        if (command == null || command.isBlank()) {
            return "java";
        }
        String main = command.strip().split("\\s+", 2)[0];
        return main.endsWith(".jar") ? String.valueOf(Path.of(main).getFileName()) : main;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        for (String part : text.split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int colon = part.indexOf(':');
            if (colon <= 0) {
                throw new StartupException("option labels must look like env:prod;team:orders");
            }
            labels.put(
                    part.substring(0, colon).strip(), part.substring(colon + 1).strip());
        }
        return labels;
    }

    /** A number with {@code k}, {@code m} or {@code g} behind it, as the JVM's own options have it. */
    private static long bytes(@Nullable String text) {
        if (text == null) {
            return LinkOptions.DEFAULT_SPOOL_BYTES;
        }
        int shift = switch (Character.toLowerCase(text.charAt(text.length() - 1))) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        try {
            long number = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
            if (number > 0 && number <= Long.MAX_VALUE >> shift && number << shift >= 1 << 20) {
                return number << shift;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message below.
        }
        throw new StartupException("option spool-size must be at least 1m, for example 512m or 2g");
    }

    private static Duration seconds(
            Map<String, String> values, String name, Duration otherwise, long least, long most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long seconds = Long.parseLong(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
            if (seconds >= least && seconds <= most) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Falls through to the message below.
        }
        throw new StartupException(
                "option " + name + " must be a number of seconds between " + least + "s and " + most + "s");
    }

    private static boolean observe(String text) {
        return switch (text) {
            case "observe" -> true;
            case "deny" -> false;
            default -> throw new StartupException("option on-cold-start must be deny or observe");
        };
    }
}
