package io.sallyport.core.verdict;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Exemption;
import io.sallyport.core.policy.TlsRequirement.Level;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what a socket is with what a policy demands. Asks nobody: no name is resolved. */
final class TlsJudge {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "0:0:0:0:0:0:0:1");

    private TlsJudge() {}

    /**
     * @param complaint what is wrong and how to mend it; {@code null} when the requirement is met
     * @param note for the record: the exemption that applied; else {@code null}
     */
    record Judgement(@Nullable String complaint, @Nullable String note) {
        private static final Judgement MET = new Judgement(null, null);
    }

    static Judgement judge(Target target, TlsFacts facts, TlsRequirement required) {
        if (required.level() == Level.OFF) {
            return Judgement.MET;
        }
        String exemption = exemption(target, required);
        if (exemption != null) {
            return new Judgement(null, exemption);
        }
        String wrong = wrong(target, facts, required);
        return wrong == null ? Judgement.MET : new Judgement(wrong, null);
    }

    private static @Nullable String wrong(Target target, TlsFacts facts, TlsRequirement required) {
        String demand =
                required.level().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        if (!facts.encrypted()) {
            return "the connection is not encrypted and the policy demands '" + demand + "'. "
                    + TlsAdvice.forTarget(target, demand);
        }
        if (!TlsVersion.atLeast(facts.protocol(), required.minVersion())) {
            return "the connection uses " + facts.protocol() + " and the policy demands at least "
                    + required.minVersion() + ". Enable " + required.minVersion()
                    + " on the server and in the client's list of protocols.";
        }
        if (required.level().compareTo(Level.VERIFY_CA) >= 0 && !facts.chainTrusted()) {
            return "the peer's certificate does not lead to a trusted root and the policy demands '" + demand
                    + "'. Have the server present its whole chain, or name its root under tls.roots in the policy.";
        }
        if (required.level() == Level.VERIFY_FULL && !facts.hostMatches()) {
            return "the peer's certificate is not for the host that was asked for and the policy demands '" + demand
                    + "'. Connect by a name that the certificate carries, or give the server a certificate for this name.";
        }
        return null;
    }

    private static @Nullable String exemption(Target target, TlsRequirement required) {
        Set<Exemption> exempt = required.exempt();
        if (target.inProcess()) {
            return exempt.contains(Exemption.IN_MEMORY) ? "exempt: in-memory" : null;
        }
        if (exempt.contains(Exemption.UNIX_SOCKET) && all(target, TlsJudge::isSocketPath)) {
            return "exempt: unix-socket";
        }
        if (exempt.contains(Exemption.LOOPBACK) && all(target, TlsJudge::isLoopback)) {
            return "exempt: loopback";
        }
        return exempt.contains(Exemption.MESH) ? "exempt: mesh, declared, not verified" : null;
    }

    private static boolean all(Target target, java.util.function.Predicate<String> kind) {
        for (Endpoint endpoint : target.endpoints()) {
            if (!kind.test(endpoint.host())) {
                return false;
            }
        }
        return true;
    }

    /** A directory or file in place of a host, as libpq and MariaDB write it; abstract sockets begin with {@code @}. */
    private static boolean isSocketPath(String host) {
        return host.startsWith("/") || host.startsWith("@");
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || LOOPBACK_V4.matcher(host).matches();
    }
}
