package io.sallyport.agent.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options ({@code --name value}) and plain arguments of a command. */
record Arguments(Map<String, String> options, List<String> plain) {

    static Arguments of(List<String> words, Set<String> known) throws UsageException {
        Map<String, String> options = new HashMap<>();
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                plain.add(word);
                continue;
            }
            String name = word.substring(2);
            if (!known.contains(name)) {
                throw new UsageException("unknown option " + word);
            }
            if (++i == words.size()) {
                throw new UsageException("option " + word + " needs a value");
            }
            options.put(name, words.get(i));
        }
        return new Arguments(options, plain);
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    /** The only plain argument. */
    String only(String what) throws UsageException {
        if (plain.size() != 1) {
            throw new UsageException("needs exactly one argument: " + what);
        }
        return plain.get(0);
    }
}
