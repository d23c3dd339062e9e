package io.sallyport.jdbc;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.verdict.Gate;
import io.sallyport.jdbc.connect.Aliases;
import io.sallyport.jdbc.connect.Attempts;
import io.sallyport.jdbc.execute.SampledCallSites;
import io.sallyport.jdbc.state.Catalogues;
import io.sallyport.jdbc.state.Targets;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.tls.RelayPlaces;
import io.sallyport.weaving.tls.RelayedSockets;
import io.sallyport.weaving.tls.TlsSessions;
import io.sallyport.weaving.tls.TrustedRoots;
import java.util.List;

/** What the parts of this module share in a running agent. Thread-safe. */
public final class Jdbc {

    /** Made when the first woven call arrives, which is after the gate was connected. */
    private static final Jdbc CURRENT = new Jdbc(AgentContext.current());

    private final AgentContext context;
    private final Attempts attempts;
    private final SampledCallSites callSites = new SampledCallSites();
    private final Catalogues catalogues = new Catalogues();
    private final Targets targets = new Targets();
    private final Aliases aliases = new Aliases();

    private Jdbc(AgentContext context) {
        this.context = context;
        this.attempts = new Attempts(context.places());
        context.handshakes().leaveTo(attempts::isShaking);
    }

    public static Jdbc current() {
        return CURRENT;
    }

    public Gate gate() {
        return context.gate();
    }

    public SqlReader reader() {
        return context.sqlReader();
    }

    public Coverage coverage() {
        return context.coverage();
    }

    /** Whether what cannot be decided is closed. */
    public boolean enforcing() {
        return context.enforcing();
    }

    public Attempts attempts() {
        return attempts;
    }

    public SampledCallSites callSites() {
        return callSites;
    }

    public Catalogues catalogues() {
        return catalogues;
    }

    /** The target as every decision about it sees it: with the other names that the policy has for it, and the same object each time. */
    public Target target(Target read) {
        List<Endpoint> found = aliases.of(read, gate().hostsFor(read));
        return targets.shared(found.isEmpty() ? read : read.withAliases(found));
    }

    public TrustedRoots roots() {
        return context.roots();
    }

    public TlsSessions tlsSessions() {
        return context.tlsSessions();
    }

    /** Which places stand behind relays. */
    public RelayPlaces relayPlaces() {
        return context.relayPlaces();
    }

    /** Sockets that lead to relays. */
    public RelayedSockets relayed() {
        return context.relayed();
    }
}
