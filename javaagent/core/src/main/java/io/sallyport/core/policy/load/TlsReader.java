package io.sallyport.core.policy.load;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Exemption;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.policy.rule.Scope;
import io.sallyport.core.policy.rule.TlsEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The {@code tls} section. */
final class TlsReader {

    private TlsReader() {}

    static List<TlsEntry> read(Section root, ScopeReader scopes) {
        List<TlsEntry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Section section : root.sections("tls", Shape.TLS)) {
            Scope scope = scopes.read(section);
            for (String target : scope.everywhere() ? List.of("") : scope.targets()) {
                if (!seen.add(target)) {
                    section.errorHere((target.isEmpty() ? "the default for all targets" : "'" + target + "'")
                            + " has an entry already; this one would never count");
                }
            }
            Level level = section.choice("level", Vocabulary.LEVEL, Level.VERIFY_FULL);
            List<String> roots = section.texts("roots");
            if (!roots.isEmpty() && level.compareTo(Level.VERIFY_CA) < 0 && section.has("level")) {
                section.error("roots", "roots are only looked at from level verify-ca upwards");
            }
            Set<Exemption> exempt = section.has("exempt")
                    ? Set.copyOf(section.choices("exempt", Vocabulary.EXEMPTION))
                    : TlsRequirement.NONE.exempt();
            String version =
                    section.choice("minVersion", Vocabulary.MIN_VERSION, Vocabulary.MinVersion.TLS_1_2).jsseName;
            Endpoint relay = RelayReader.read(section, scope, scopes, level);
            entries.add(new TlsEntry(scope, new TlsRequirement(level, version, roots, exempt, relay)));
        }
        return entries;
    }
}
