package io.sallyport.bootstrap;

/**
 * Implemented by every woven class that carries agent state in an injected field. The accessors demand the key that only the
 * agent holds ({@link SallyportGate#isKey}), so that application code can neither read nor forge a state.
 */
public interface SallyportState {

    /** Name of the injected field. */
    String FIELD = "sallyport$state";

    Object sallyport$state(Object key);

    void sallyport$state(Object key, Object state);
}
