package io.sallyport.core.policy.load;

import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.rule.KeyEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code keys} section: names for secrets that live elsewhere. */
final class KeysReader {

    private static final int SHORTEST = 16;

    private KeysReader() {}

    static Map<String, KeyEntry> read(Section root, KeySource source) {
        Map<String, KeyEntry> keys = new LinkedHashMap<>();
        for (Yaml.Entry entry : root.entries("keys")) {
            String path = Section.join("keys", entry.key());
            Section section = Section.open(entry.value(), Shape.KEY, path, root.problems());
            String from = section == null ? null : section.text("from");
            if (section == null || from == null) {
                continue;
            }
            // An entry with an error is kept, so that the rules that use it do not look wrong as well.
            keys.put(entry.key(), new KeyEntry(entry.key(), from, new byte[SHORTEST]));
            if (!from.matches("env:.+|file:.+|control-plane")) {
                section.error(
                        "from", "a key comes from env:NAME, file:PATH or control-plane; it is never in the policy");
                continue;
            }
            byte[] secret = source.resolve(from);
            if (secret == null) {
                section.error("from", "there is no key at " + Problem.shown(from));
            } else if (secret.length < SHORTEST) {
                section.error("from", "the key is shorter than " + SHORTEST + " bytes");
            } else {
                keys.put(entry.key(), new KeyEntry(entry.key(), from, secret));
            }
        }
        return keys;
    }
}
