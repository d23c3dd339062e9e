package io.sallyport.core.policy.shape;

import java.util.List;

/** Keeps the lines of a {@link ShapeBook} where the agent keeps its state. Implemented outside the core, which does no I/O. */
public interface ShapeStore {
    /** Keeps nothing: learning starts anew with each process. */
    ShapeStore NOWHERE = new ShapeStore() {
        @Override
        public List<String> lines() {
            return List.of();
        }

        @Override
        public void append(String line) {}

        @Override
        public void replace(List<String> lines) {}
    };

    /** What was kept; empty at the first start, and where it cannot be read. */
    List<String> lines();

    /** On the calling thread of a statement, once for each new shape. Must not throw. */
    void append(String line);

    /** At shutdown. Must not throw. */
    void replace(List<String> lines);
}
