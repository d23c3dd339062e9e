package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.verdict.Gate;
import io.sallyport.weaving.tls.Handshakes;
import io.sallyport.weaving.tls.RelayPlaces;
import io.sallyport.weaving.tls.RelayTls;
import io.sallyport.weaving.tls.RelayedSockets;
import io.sallyport.weaving.tls.TlsSessions;
import io.sallyport.weaving.tls.TrustedRoots;

/**
 * What instrumentation modules need of the agent. Immutable. Advice classes keep it in a {@code private static final} field.
 *
 * @param sockets which sockets HTTP clients opened for themselves
 * @param relayPlaces which places stand behind relays
 * @param relayed sockets that lead to them
 * @param roots whom TLS trusts
 * @param handshakes who judges them
 */
public record AgentContext(
        Gate gate,
        SqlReader sqlReader,
        Coverage coverage,
        boolean enforcing,
        MediatedPlaces places,
        ClientSockets sockets,
        RelayPlaces relayPlaces,
        RelayedSockets relayed,
        TrustedRoots roots,
        Handshakes handshakes) {

    public AgentContext(
            Gate gate,
            SqlReader sqlReader,
            Coverage coverage,
            boolean enforcing,
            RelayTls relayTls,
            TrustedRoots roots) {
        this(
                gate,
                sqlReader,
                coverage,
                enforcing,
                new MediatedPlaces(),
                new ClientSockets(),
                new RelayPlaces(gate),
                new RelayedSockets(relayTls),
                roots,
                new Handshakes());
    }

    public AgentContext(Gate gate, SqlReader sqlReader, Coverage coverage, boolean enforcing, RelayTls relayTls) {
        this(gate, sqlReader, coverage, enforcing, relayTls, TrustedRoots.atLaunch());
    }

    public AgentContext(Gate gate, SqlReader sqlReader, Coverage coverage, boolean enforcing) {
        this(gate, sqlReader, coverage, enforcing, RelayTls.NONE);
    }

    /** The context of the agent that runs in this process. */
    public static AgentContext current() {
        return (AgentContext) SallyportGate.context(BootKey.KEY);
    }

    /** Reads what TLS sessions and sockets really are. */
    public TlsSessions tlsSessions() {
        return new TlsSessions(roots, relayed);
    }
}
