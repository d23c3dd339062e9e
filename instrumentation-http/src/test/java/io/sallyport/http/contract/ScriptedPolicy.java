package io.sallyport.http.contract;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.RequestBody;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.MaskingFunctions;
import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.match.SegmentGlob;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.policy.rule.condition.PathCondition;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.core.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A policy by path: {@code /body} (a secret in it, or a body that nobody saw, is denied), {@code /held-body}, {@code /denied}, {@code /denied-for-post}, {@code /held…}, {@code /masked…}, {@code /people} (the product's own mask of a key, {@code email}), {@code /no-errors} (answers of 500 and above are refused), {@code /no-redirects} (those that lead elsewhere, which they do as {@code /redirect} does), a header field {@code X-Forbidden}, a cookie and a user {@code forbidden} are denied, so are credentials at {@code /no-credentials}, {@code /…-for-put} is such a path for PUT, {@code /…-for-admin} for the query {@code admin=1}, the host {@code denied.example} as well, and so is {@code DELETE /open}, {@code /api/v1} and {@code /apis} are a Kubernetes API, {@code /limited} has a rate, everything else passes; TLS for {@code /secure}. */
final class ScriptedPolicy implements PolicySnapshot {

    volatile RecordLevel recordLevel = RecordLevel.STATEMENTS;

    /** As Basic credentials begin. */
    private static final String FORBIDDEN_USER =
            "Basic " + Base64.getEncoder().encodeToString("forbidden".getBytes(StandardCharsets.US_ASCII));

    /** What services on certain ports must have. */
    private final Map<Integer, TlsRequirement> tlsByPort = new ConcurrentHashMap<>();

    private volatile Object tlsDemands = new Object();

    void demandTls(int port, @Nullable TlsRequirement required) {
        if (required == null) {
            tlsByPort.remove(port);
        } else {
            tlsByPort.put(port, required);
        }
        tlsDemands = new Object();
    }

    /** Ports of services that nothing unmediated may connect to. */
    final Set<Integer> governed = ConcurrentHashMap.newKeySet();

    /** Everything: no connection that a client opens for itself, in any test, may be taken for somebody else's. */
    @Override
    public boolean governs(Endpoint place) {
        return true;
    }

    /** Servers and proxies of these tests pass on what arrives. */
    @Override
    public boolean allowsSocket(String opener, Endpoint place) {
        return opener.startsWith("io.sallyport.") && !governed.contains(place.port());
    }

    /** Ports of services that nobody may ask for anything. */
    final Set<Integer> closed = ConcurrentHashMap.newKeySet();

    /** The product's own policy for the Kubernetes API, with the address of these tests' server and without its roots. */
    private static final CompiledPolicy KUBERNETES = kubernetes();

    private static CompiledPolicy kubernetes() {
        String here = BuiltInPolicies.yaml("kubernetes")
                .replace("https://kubernetes.default.svc/", "https://127.0.0.1:*/")
                .replaceFirst("(?m)^tls:\\n.*\\n", "");
        try {
            return PolicyLoader.load(here, "kubernetes.yaml", KeySource.NONE);
        } catch (InvalidPolicyException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How often {@code /limited} may be asked for. */
    private volatile CompiledPolicy limited = limited(1);

    void limit(int calls) {
        limited = limited(calls);
    }

    private static CompiledPolicy limited(int calls) {
        String rule = "{name: no-more, when: {path: /limited, rate: {over: " + calls + ", per: 3600s}}, then: deny}";
        try {
            return PolicyLoader.load("version: 1\nguard: [" + rule + "]", "limited.yaml", KeySource.NONE);
        } catch (InvalidPolicyException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Decision decide(Command command, Identity identity, Instant now, CallRates call) {
        return command instanceof HttpCommand http && http.path().equals("/limited")
                ? limited.decide(command, identity, now, call)
                : decide(command, identity, now);
    }

    @Override
    public long version() {
        return 1;
    }

    @Override
    public Mode mode() {
        return Mode.ENFORCE;
    }

    @Override
    public TlsRequirement tls(Target target) {
        TlsRequirement demanded = tlsByPort.get(target.endpoints().get(0).port());
        if (demanded != null) {
            return demanded;
        }
        return target.url().endsWith("/secure")
                ? new TlsRequirement(TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of())
                : TlsRequirement.NONE;
    }

    @Override
    public Object tlsDemands() {
        return tlsDemands;
    }

    @Override
    public boolean refuseWhenRecordFull() {
        return true;
    }

    @Override
    public RecordLevel recordLevel() {
        return recordLevel;
    }

    @Override
    public Decision decide(Command command, Identity identity, Instant now) {
        HttpCommand http = (HttpCommand) command;
        if (http.path().startsWith("/api/v1/") || http.path().startsWith("/apis/")) {
            return KUBERNETES.decide(command, identity, now);
        }
        Verdict verdict = switch (firstSegment(http)) {
            case "denied" ->
                new Verdict.Deny(new Refusal(Refusal.Reason.DENIED, "no-denied", "this path is closed", "i-1", null));
            case "held" ->
                new Verdict.Hold(
                        new HoldRequest(
                                List.of("ask"),
                                List.of(),
                                1,
                                false,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(5),
                                "ask first"),
                        Obligations.NONE);
            case "masked" -> new Verdict.Allow(new Obligations(ColumnMaskPlan.NONE, UPPER_CASE));
            case "people" -> new Verdict.Allow(new Obligations(ColumnMaskPlan.NONE, EMAILS));
            case "no-errors" ->
                new Verdict.Allow(Obligations.NONE.with(RowLimits.NONE, status -> status < 500 ? null : noErrors()));
            case "no-redirects" ->
                new Verdict.Allow(Obligations.NONE.with(
                        RowLimits.NONE, status -> status < 300 || status == 304 ? null : noErrors()));
            default -> Verdict.Allow.PLAIN;
        };
        List<String> masked = firstSegment(http).equals("masked") ? List.of("upper-case") : List.of();
        List<String> rules = verdict instanceof Verdict.Deny deny
                ? List.of(deny.refusal().rule())
                : verdict instanceof Verdict.Hold hold ? hold.request().rules() : List.of();
        return new Decision(verdict, rules, null, List.of(), masked);
    }

    /** The caller may see {@code /unless}, those who read the record may not. */
    @Override
    public BodyMaskPlan recordedBodies(HttpCommand command) {
        String first = firstSegment(command);
        return first.equals("masked") || first.equals("unless")
                ? UPPER_CASE
                : first.equals("people") ? EMAILS : BodyMaskPlan.NONE;
    }

    @Override
    public BodyMaskPlan recordedRequests(HttpCommand command, MaskingFunction hash) {
        return firstSegment(command).equals("people")
                ? BodyMaskers.plan(List.of(new BodyRule.Key("contact", "email", hash)))
                : BodyMaskPlan.NONE;
    }

    @Override
    public boolean asksForBody(HttpCommand command) {
        return firstSegment(command).equals("body") || firstSegment(command).equals("held-body");
    }

    /** Secrets are denied, and so is what nobody saw. */
    private static boolean secret(HttpCommand request) {
        RequestBody body = request.body();
        return body == RequestBody.UNREAD
                || body != null && new String(body.bytes(), StandardCharsets.UTF_8).contains("secret");
    }

    private static Decision noErrors() {
        Refusal refusal = new Refusal(Refusal.Reason.DENIED, "no-errors", "this answer stays outside", "", null);
        return new Decision(new Verdict.Deny(refusal), List.of("no-errors"), null, List.of(), List.of());
    }

    private static boolean hasField(HttpCommand request, String name, String part) {
        return request.headers().getOrDefault(name, List.of()).stream().anyMatch(value -> value.contains(part));
    }

    private String firstSegment(HttpCommand request) {
        if (request.headers().containsKey("x-forbidden")
                || hasField(request, "cookie", "forbidden=")
                || hasField(request, "authorization", FORBIDDEN_USER)
                || request.path().equals("/no-credentials") && request.headers().containsKey("authorization")
                || request.method().equals("DELETE") && request.path().equals("/open")
                || request.target().endpoints().stream()
                        .anyMatch(place -> place.host().equals("denied.example"))
                || request.target().endpoints().stream().anyMatch(place -> closed.contains(place.port()))
                || DENIED.meets(request) != Truth.NO) {
            return "denied";
        }
        String path = request.path();
        int end = path.indexOf('/', 1);
        String first = path.substring(1, end < 0 ? path.length() : end);
        if (first.endsWith("-for-put")) {
            first = request.method().equals("PUT") ? first.substring(0, first.length() - "-for-put".length()) : "open";
        }
        if (first.endsWith("-for-admin")) {
            first = request.query().equals("admin=1")
                    ? first.substring(0, first.length() - "-for-admin".length())
                    : "open";
        }
        if (first.equals("body") && secret(request)) {
            return "denied";
        }
        if (first.equals("held-body") && request.body() != null) {
            return "held";
        }
        return first.equals("denied-for-post") && request.method().equals("POST") ? "denied" : first;
    }

    /** The product's own condition: in any spelling. */
    private static final PathCondition DENIED = new PathCondition(List.of(SegmentGlob.path("/denied/**")));

    private static final BodyMaskPlan EMAILS =
            BodyMaskers.plan(List.of(new BodyRule.Key("contact", "email", MaskingFunctions.redact())));

    private static final BodyMaskPlan UPPER_CASE = upperCase();

    /** Turns letters into X, byte by byte, and appends a mark at the end. */
    private static BodyMaskPlan upperCase() {
        return contentType -> new BodyMasker() {
            @Override
            public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
                for (int i = offset; i < offset + length; i++) {
                    out.write(Character.isLetter(bytes[i]) ? 'X' : bytes[i]);
                }
            }

            @Override
            public void finish(OutputStream out) throws IOException {
                out.write('.');
            }

            @Override
            public int masked() {
                return 1;
            }
        };
    }
}
