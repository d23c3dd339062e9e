package io.sallyport.agent.startup;

import io.sallyport.agent.trace.ApplicationTraces;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.WeaveInstaller;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.tls.TrustedRoots;
import java.lang.instrument.Instrumentation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Puts the parts together: gate, weaving, canary, shutdown. */
final class RunningAgent {

    private RunningAgent() {}

    /**
     * @param upcoming where policy and records come from; weaving is prepared meanwhile
     * @param options reason and limits of this process
     * @param roots whom the platform trusts
     */
    static Governance launch(
            Instrumentation instrumentation, Beside<Governance> upcoming, AgentOptions options, TrustedRoots roots) {
        List<WeaveModule> modules = new ArrayList<>();
        for (WeaveModule m : ServiceLoader.load(WeaveModule.class, RunningAgent.class.getClassLoader())) {
            modules.add(m);
        }
        WeaveInstaller installer = new WeaveInstaller(instrumentation);
        installer.rehearse(modules);
        Governance governance = upcoming.get();
        HoldRoom room = new HoldRoom(governance.approvals(), Clock.systemUTC());
        StandardGate gate = new StandardGate(
                governance.policies(),
                governance.identities(),
                room,
                new Recorder(
                        governance.events(),
                        Clock.systemUTC(),
                        ApplicationTraces.watching(instrumentation, options.reason())),
                new IncidentIds(),
                new SqlStateNames(),
                governance.stopped(),
                options.httpSessionIdle());
        Coverage coverage = installer.coverage();
        AgentContext context = new AgentContext(
                gate, new StandardSqlReader(), coverage, governance.enforcing(), governance.relays(), roots);
        installer.install(context, modules);
        Canary.check(modules, governance.enforcing());
        ReportCoverage report = new ReportCoverage(governance, coverage);
        coverage.onChange(report);
        report.run();
        Runtime.getRuntime().addShutdownHook(new ShutdownHook(room, gate, governance));
        return governance;
    }

    private record ReportCoverage(Governance governance, Coverage coverage) implements Runnable {
        @Override
        public void run() {
            governance.coverageChanged(coverage);
        }
    }

    /** Releases everyone who waits, then flushes. */
    private static final class ShutdownHook extends Thread {
        private final HoldRoom room;
        private final StandardGate gate;
        private final Governance governance;

        ShutdownHook(HoldRoom room, StandardGate gate, Governance governance) {
            super(null, null, "sallyport-shutdown", 0, false);
            setContextClassLoader(null);
            this.room = room;
            this.gate = gate;
            this.governance = governance;
        }

        @Override
        public void run() {
            room.close();
            gate.writeDownCounts();
            governance.stop();
        }
    }
}
