package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.tls.TrustedRoots;

/** What instrumentation modules need of the agent. Immutable. Advice classes keep it in a {@code private static final} field. */
public record AgentContext(
        Gate gate,
        SqlReader sqlReader,
        Coverage coverage,
        boolean enforcing,
        MediatedPlaces places,
        TrustedRoots roots) {

    public AgentContext(Gate gate, SqlReader sqlReader, Coverage coverage, boolean enforcing) {
        this(gate, sqlReader, coverage, enforcing, new MediatedPlaces(), new TrustedRoots());
    }

    /** The context of the agent that runs in this process. */
    public static AgentContext current() {
        return (AgentContext) SallyportGate.context(BootKey.KEY);
    }
}
