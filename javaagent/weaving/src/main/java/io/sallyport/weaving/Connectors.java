package io.sallyport.weaving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the names of classes begin by which clients connect on threads of their own ({@link WeaveModule#connectors}), and whose they are.
 * Several clients may share one, Netty's event loops for example: it counts as long as none of them has a class that could not be woven, since
 * nobody can tell on such a thread which of them connects. Thread-safe.
 */
final class Connectors {

    private final Map<String, List<String>> modules = new LinkedHashMap<>();
    private final WovenCoverage coverage;

    Connectors(List<WeaveModule> all, WovenCoverage coverage) {
        this.coverage = coverage;
        for (WeaveModule module : all) {
            for (String prefix : module.connectors()) {
                // Packaging took the name of the application's Netty for that of the agent's.
                String original =
                        LibraryNames.restored(prefix.replace('.', '/')).replace('/', '.');
                modules.computeIfAbsent(original, p -> new ArrayList<>()).add(module.name());
            }
        }
    }

    boolean include(String opener) {
        for (Map.Entry<String, List<String>> e : modules.entrySet()) {
            if (opener.startsWith(e.getKey()) && areWhole(e.getValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean areWhole(List<String> clients) {
        for (String client : clients) {
            if (coverage.isFlawed(client)) {
                return false;
            }
        }
        return true;
    }
}
