package io.sallyport.weaving;

import io.sallyport.weaving.write.AdviceClass;
import io.sallyport.weaving.write.AdviceReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Advice classes, read once. Thread-safe. */
final class AdviceLibrary {

    private final ClassLoader agent;
    private final Map<String, AdviceClass> read = new ConcurrentHashMap<>();

    AdviceLibrary(ClassLoader agent) {
        this.agent = agent;
    }

    /** @param name binary name of an advice class; see {@link Weave#call} */
    AdviceClass advice(String name) {
        AdviceClass known = read.get(name);
        if (known == null) {
            known = AdviceReader.read(name, classFile(name));
            read.put(name, known);
        }
        return known;
    }

    private byte[] classFile(String name) {
        try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new IllegalStateException("there is no advice " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the agent jar is damaged: " + name + " cannot be read", e);
        }
    }
}
