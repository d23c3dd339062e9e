package io.sallyport.core.verdict;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import org.jspecify.annotations.Nullable;

/** Compares what a socket is with what a policy demands. Asks nobody: no name is resolved. */
final class TlsJudge {

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
        String exemption = required.exemption(target, facts.elsewhere() == null);
        if (exemption != null) {
            return new Judgement(null, exemption);
        }
        String wrong = wrong(target, facts, required);
        return wrong == null ? Judgement.MET : new Judgement(wrong, null);
    }

    private static @Nullable String wrong(Target target, TlsFacts facts, TlsRequirement required) {
        String demand =
                required.level().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        if (facts.foreign() != null) {
            return "its TLS is that of " + facts.foreign()
                    + " and not the JDK's, so that nobody can tell what it is, and the policy demands '" + demand
                    + "'. Leave TLS to the JDK: remove the socket factory or the security provider that brings this class.";
        }
        if (!facts.encrypted()) {
            String elsewhere = required.exemption(target) != null && facts.elsewhere() != null
                    ? " It does not stay on the loopback, which would be exempt: it leads to " + facts.elsewhere() + "."
                    : "";
            return "the connection is not encrypted and the policy demands '" + demand + "'." + elsewhere + " "
                    + TlsAdvice.encrypt(target, demand);
        }
        if (!TlsVersion.atLeast(facts.protocol(), required.minVersion())) {
            return "the connection uses " + facts.protocol() + " and the policy demands at least "
                    + required.minVersion() + ". " + TlsAdvice.atLeast(target, required.minVersion());
        }
        if (required.level().compareTo(Level.VERIFY_CA) >= 0 && !facts.chainTrusted()) {
            return "the peer's certificate does not lead to a trusted root and the policy demands '" + demand
                    + "'. Have the server present its whole chain, or name its root under tls.roots in the policy."
                    + accepted(facts);
        }
        if (required.level() == Level.VERIFY_FULL && !facts.hostMatches()) {
            return "the peer's certificate is not for the host that was asked for and the policy demands '" + demand
                    + "'. Connect by a name that the certificate carries, or give the server a certificate for this name."
                    + accepted(facts);
        }
        return null;
    }

    private static String accepted(TlsFacts facts) {
        return facts.acceptedBy() == null ? "" : " The application would have taken it: " + facts.acceptedBy() + ".";
    }
}
