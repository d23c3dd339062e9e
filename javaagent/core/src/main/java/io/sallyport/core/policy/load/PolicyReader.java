package io.sallyport.core.policy.load;

import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.match.SocketAllowance;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.policy.rule.Defaults;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.KeyEntry;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.TargetEntry;
import io.sallyport.core.policy.rule.TlsEntry;
import io.sallyport.core.policy.shape.ShapeBook;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a whole policy file, top-level keys in the order of the format's description. */
public final class PolicyReader {

    private PolicyReader() {}

    /** @throws InvalidPolicyException with every error that was found */
    public static Policy read(String yaml, String fileName, KeySource keySource, ShapeBook shapes)
            throws InvalidPolicyException {
        Problems problems = new Problems(fileName);
        Yaml document = YamlParser.parse(yaml, problems);
        Section root = document == null ? null : Section.open(document, Shape.POLICY, "", problems);
        if (root == null) {
            throw problems.exception();
        }
        root.number("version", 1, 1, 1);
        Mode mode = root.choice("mode", Vocabulary.MODE, Mode.ENFORCE);
        Map<String, KeyEntry> keys = KeysReader.read(root, keySource);
        List<TargetEntry> targets = TargetsReader.read(root);
        ScopeReader scopes = new ScopeReader(targets);
        Detectors detectors = DetectorsReader.read(root);
        DetectorNames names = new DetectorNames(detectors);
        List<TlsEntry> tls = TlsReader.read(root, scopes);
        List<MaskRule> masks = new MaskReader(scopes, keys, names).read(root);
        List<GuardRule> guards = new GuardReader(scopes, shapes, names).read(root);
        Section connect = root.section("connect", Shape.CONNECT);
        Policy policy = new Policy(
                mode,
                defaults(root),
                keys,
                targets,
                detectors,
                tls,
                masks,
                guards,
                RecordReader.read(root),
                Set.copyOf(root.texts("allowUnproven")),
                connect == null ? Set.of() : Set.copyOf(connect.read("allow", PolicyReader::connectAllowed)));
        NeverFires.check(policy, problems);
        problems.throwIfAny();
        return policy;
    }

    private static String connectAllowed(String entry) {
        if (SocketAllowance.isOne(entry)) {
            SocketAllowance.parse(entry);
        }
        return entry;
    }

    private static Defaults defaults(Section root) {
        Section section = root.section("default", Shape.DEFAULT);
        if (section == null) {
            return Defaults.STANDARD;
        }
        return new Defaults(
                section.choice("jdbc", Vocabulary.DEFAULT, Default.ALLOW),
                section.choice("http", Vocabulary.DEFAULT, Default.ALLOW),
                section.choice("unmatched", Vocabulary.DEFAULT, Default.ALLOW),
                section.choice("opaque", Vocabulary.DEFAULT, Default.APPROVE));
    }
}
