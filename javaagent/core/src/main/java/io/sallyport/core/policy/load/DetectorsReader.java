package io.sallyport.core.policy.load;

import io.sallyport.core.mask.detect.CustomDetector;
import io.sallyport.core.mask.detect.Detectors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The {@code detectors} section: detectors of the policy's own, by a regular expression or a list of words. */
final class DetectorsReader {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    private DetectorsReader() {}

    static Detectors read(Section root) {
        List<CustomDetector> own = new ArrayList<>();
        for (Yaml.Entry entry : root.entries("detectors")) {
            String path = Section.join("detectors", Problem.shown(entry.key()));
            Section section = Section.open(entry.value(), Shape.OWN_DETECTOR, path, root.problems());
            if (!NAME.matcher(entry.key()).matches()) {
                root.problems().add(entry.line(), path, "a detector is named in capitals, EMPLOYEE_ID for example");
            } else if (Detectors.BUILT_IN.contains(entry.key())) {
                root.problems().add(entry.line(), path, "a built-in detector has this name");
            } else if (section != null) {
                own.add(detector(entry.key(), section));
            }
        }
        return Detectors.with(own);
    }

    /** An entry with an error is kept, so that the rules that use it do not look wrong as well. */
    private static CustomDetector detector(String name, Section section) {
        CustomDetector none = CustomDetector.denyList(name, List.of(name));
        if (section.has("regex") == section.has("words")) {
            section.errorHere("a detector has one of regex and words");
            return none;
        }
        if (section.has("words")) {
            List<String> words = section.texts("words");
            return words.isEmpty() ? none : CustomDetector.denyList(name, words);
        }
        CustomDetector found = regex(name, section);
        return found == null ? none : found;
    }

    private static @Nullable CustomDetector regex(String name, Section section) {
        String regex = section.text("regex");
        if (regex == null) {
            return null;
        }
        try {
            return CustomDetector.regex(name, regex);
        } catch (PatternSyntaxException e) {
            section.error("regex", "not a regular expression: " + Problem.shown(e.getDescription()));
            return null;
        }
    }
}
