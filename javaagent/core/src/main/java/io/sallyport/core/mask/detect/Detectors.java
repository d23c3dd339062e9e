package io.sallyport.core.mask.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The built-in detectors and those of a policy. Immutable and thread-safe; time is linear in the value. */
public final class Detectors {

    /** Names of the built-in detectors. */
    public static final Set<String> BUILT_IN = Set.of(
            "CREDIT_CARD",
            "EMAIL",
            "US_SSN",
            "US_ITIN",
            "IBAN",
            "PHONE",
            "IP",
            "MAC_ADDRESS",
            "JWT",
            "AWS_KEY",
            "GITHUB_TOKEN",
            "SLACK_TOKEN",
            "STRIPE_KEY",
            "GOOGLE_API_KEY",
            "PRIVATE_KEY",
            "CREDENTIAL_URL",
            "IN_AADHAAR",
            "BR_CPF",
            "TR_NATIONAL_ID",
            "DE_TAX_ID",
            "TH_TNIN",
            "UK_NHS",
            "ZA_ID_NUMBER",
            "IT_FISCAL_CODE");

    /** Those of them that open a door: tokens, keys and addresses with a password. */
    public static final Set<String> SECRETS = Set.of(
            "JWT",
            "AWS_KEY",
            "GITHUB_TOKEN",
            "SLACK_TOKEN",
            "STRIPE_KEY",
            "GOOGLE_API_KEY",
            "PRIVATE_KEY",
            "CREDENTIAL_URL");

    private static final Detectors STANDARD = new Detectors(List.of());

    /** Length of the shortest thing that a built-in detector finds, {@code ::1}. */
    private static final int SHORTEST = 3;

    private final List<CustomDetector> custom;
    private final Set<String> names;

    private Detectors(List<CustomDetector> custom) {
        this.custom = List.copyOf(custom);
        Stream<String> own = custom.stream().map(CustomDetector::entity);
        this.names = Stream.concat(BUILT_IN.stream(), own).collect(Collectors.toUnmodifiableSet());
    }

    /** The built-in ones only. */
    public static Detectors standard() {
        return STANDARD;
    }

    /** The built-in ones and others. */
    public static Detectors with(List<CustomDetector> custom) {
        return custom.isEmpty() ? STANDARD : new Detectors(custom);
    }

    /** Names of all of them, in alphabetical order. */
    public List<String> names() {
        return names.stream().sorted().toList();
    }

    /** Whether a detector of that name exists. */
    public boolean knows(String entity) {
        return names.contains(entity);
    }

    /**
     * Whether something could be found in text that is written in these bytes, be it escaped or in quotes: {@code false} only when
     * certainly not. A quick look that spares decoding most values.
     */
    public boolean mayFind(byte[] raw, int from, int to) {
        return !custom.isEmpty() || !Plain.isPlain(raw, from, to);
    }

    /**
     * What is sensitive in a value.
     *
     * @param context name of the column, key or field that holds the value; {@code null} or empty if there is none
     * @return findings in the order of their start, without overlaps
     */
    public List<Finding> find(CharSequence value, @Nullable String context) {
        return find(value, context, names);
    }

    /**
     * What of {@code entities} is in a value. Of the built-in detectors the best reading of a place counts, whichever is asked for, so
     * that who looks for telephone numbers is not told half of a card; what a policy's own detectors find beside or over it takes
     * nothing away.
     *
     * @return findings in the order of their start, without overlaps
     */
    List<Finding> find(CharSequence value, @Nullable String context, Set<String> entities) {
        String text = value.toString();
        List<Finding> found = text.length() < SHORTEST ? List.of() : builtIn(text, context == null ? "" : context);
        found = found.isEmpty() ? found : among(entities, found);
        for (CustomDetector detector : custom) {
            if (entities.contains(detector.entity())) {
                found = joined(detector.find(text), found);
            }
        }
        return found;
    }

    private static List<Finding> among(Set<String> entities, List<Finding> found) {
        List<Finding> asked = new ArrayList<>(found.size());
        for (Finding finding : found) {
            if (finding.among(entities) != null) {
                asked.add(finding);
            }
        }
        return asked;
    }

    private static List<Finding> builtIn(String text, String context) {
        char[] chars = text.toCharArray();
        Folding folding = Folding.of(text, chars);
        List<Finding> found = folding == null ? new Scan(text, chars, context).run() : read(folding, context);
        Folding unescaped = Folding.unescaped(text);
        return unescaped == null ? found : joined(read(unescaped, context), found);
    }

    private static List<Finding> read(Folding folding, String context) {
        List<Finding> found = new Scan(folding.text(), folding.text().toCharArray(), context).run();
        return found.isEmpty() ? found : folding.unfold(found);
    }

    /** Both in the order of their start; of those that overlap the first stands for all, and holds them. */
    private static List<Finding> joined(List<Finding> first, List<Finding> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<Finding> all = new ArrayList<>(first);
        all.addAll(second);
        all.sort(Comparator.comparingInt(Finding::start));
        List<Finding> joined = new ArrayList<>(all.size());
        for (Finding finding : all) {
            Finding last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || last.end() <= finding.start()) {
                joined.add(finding);
            } else {
                Finding both = last.holding(finding).at(last.start(), Math.max(last.end(), finding.end()));
                joined.set(joined.size() - 1, both);
            }
        }
        return joined;
    }

    /** The distinct entities in a value in the order in which they first occur. */
    public Set<String> entities(CharSequence value, @Nullable String context) {
        Set<String> entities = new LinkedHashSet<>();
        for (Finding finding : find(value, context)) {
            entities.add(finding.entity());
            entities.addAll(finding.inside());
        }
        return entities;
    }
}
