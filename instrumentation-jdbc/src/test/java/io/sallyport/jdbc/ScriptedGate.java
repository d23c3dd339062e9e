package io.sallyport.jdbc;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.testing.BehindRelay;
import io.sallyport.testing.WatchedWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A gate that does what a test says, and remembers what it was asked. Whoever is behind a watched wire must have TLS in any case. Thread-safe. */
final class ScriptedGate implements Gate {

    private static final TlsRequirement ENCRYPTED =
            new TlsRequirement(TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of());

    /** What was decided, in order. */
    final List<Command> asked = new CopyOnWriteArrayList<>();

    /** What was decided inside another call. */
    final List<Command> nested = new CopyOnWriteArrayList<>();

    final List<String> checks = new CopyOnWriteArrayList<>();
    final List<TlsFacts> sockets = new CopyOnWriteArrayList<>();
    final List<String> alarms = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    final List<Object> results = new CopyOnWriteArrayList<>();
    final List<String> transactions = new CopyOnWriteArrayList<>();

    volatile Predicate<Command> denies = c -> false;
    volatile Map<String, ColumnMask> masksByLabel = Map.of();
    volatile TlsRequirement tls = TlsRequirement.NONE;
    volatile BiConsumer<Command, Waiter> whileAdmitting = (c, w) -> {};
    volatile Refusal.Reason reason = Refusal.Reason.DENIED;

    /** Decides in place of the script; the script still remembers what was asked. */
    volatile Gate delegate;

    volatile Set<String> allowedSettings = Set.of();
    volatile Set<String> allowedUnproven = Set.of();

    void reset() {
        delegate = null;
        allowedSettings = Set.of();
        allowedUnproven = Set.of();
        asked.clear();
        nested.clear();
        checks.clear();
        sockets.clear();
        alarms.clear();
        ended.clear();
        results.clear();
        transactions.clear();
        denies = c -> false;
        masksByLabel = Map.of();
        tls = TlsRequirement.NONE;
        whileAdmitting = (c, w) -> {};
        reason = Refusal.Reason.DENIED;
    }

    void denySql(String part) {
        denies = c -> c instanceof SqlCommand s && s.analysis().sql().contains(part);
    }

    /** Texts of the statements that were decided, in order. */
    List<String> statements() {
        List<String> texts = new ArrayList<>();
        for (Command c : asked) {
            if (c instanceof SqlCommand s) {
                texts.add(s.analysis().sql());
            }
        }
        return texts;
    }

    SqlCommand last() {
        for (int i = asked.size() - 1; i >= 0; i--) {
            if (asked.get(i) instanceof SqlCommand s) {
                return s;
            }
        }
        throw new AssertionError("no statement was decided");
    }

    @Override
    public Passage admit(Command command, Waiter waiter) throws RefusedException {
        if (delegate != null) {
            asked.add(command);
            return delegate.admit(command, waiter);
        }
        whileAdmitting.accept(command, waiter);
        String gaveUp = waiter.gaveUp();
        if (gaveUp != null) {
            throw new RefusedException(new Refusal(Refusal.Reason.WITHDRAWN, "hold", gaveUp, "incident-1", "ticket-1"));
        }
        return decide(command);
    }

    @Override
    public Passage admitNested(Command command) throws RefusedException {
        nested.add(command);
        if (delegate != null) {
            return delegate.admitNested(command);
        }
        return decide(command);
    }

    private Passage decide(Command command) throws RefusedException {
        asked.add(command);
        if (denies.test(command)) {
            command.caller().exact();
            throw new RefusedException(new Refusal(reason, "test-rule", "not today.", "incident-1", null));
        }
        Map<String, ColumnMask> decided = masksByLabel;
        boolean masks = command instanceof SqlCommand && !decided.isEmpty();
        ColumnMaskPlan plan = masks ? columns -> bind(columns, decided) : ColumnMaskPlan.NONE;
        Obligations obligations = masks ? new Obligations(plan, BodyMaskPlan.NONE) : Obligations.NONE;
        return new Passage() {
            @Override
            public Command command() {
                return command;
            }

            @Override
            public Obligations obligations() {
                return obligations;
            }

            @Override
            public void completed(long rows) {
                results.add(rows);
            }

            @Override
            public void failed(Throwable error) {
                results.add(error);
            }
        };
    }

    private static ColumnMask[] bind(List<ResultColumn> columns, Map<String, ColumnMask> masksByLabel) {
        ColumnMask[] masks = new ColumnMask[columns.size()];
        boolean any = false;
        for (int i = 0; i < masks.length; i++) {
            masks[i] = masksByLabel.get(columns.get(i).label().toLowerCase(java.util.Locale.ROOT));
            any |= masks[i] != null;
        }
        return any ? masks : null;
    }

    @Override
    public void committing(Command opened) throws RefusedException {
        if (delegate != null) {
            delegate.committing(opened);
        }
    }

    @Override
    public void settle(SqlCommand work, io.sallyport.core.hold.HoldRequest request, Waiter waiter)
            throws RefusedException {
        delegate.settle(work, request, waiter);
    }

    @Override
    public CompletableFuture<Passage> admitAsync(Command command) {
        throw new AssertionError("JDBC blocks");
    }

    @Override
    public Set<String> allowedConnectSettings() {
        return delegate != null ? delegate.allowedConnectSettings() : allowedSettings;
    }

    @Override
    public Set<String> hostsFor(Target target) {
        Gate to = delegate;
        return to == null ? Set.of() : to.hostsFor(target);
    }

    @Override
    public Set<String> allowedUnproven() {
        return delegate != null ? delegate.allowedUnproven() : allowedUnproven;
    }

    @Override
    public TlsRequirement tls(Target target) {
        TlsRequirement scripted = delegate != null ? delegate.tls(target) : tls;
        boolean watched = target.endpoints().stream()
                .anyMatch(
                        place -> WatchedWire.isWatched(place.port()) || BehindRelay.relayBefore(place.port()) != null);
        return watched && scripted.level() == TlsRequirement.Level.OFF ? ENCRYPTED : scripted;
    }

    @Override
    public @Nullable Endpoint relay(Endpoint place) {
        Integer relay = BehindRelay.relayBefore(place.port());
        if (relay != null) {
            return new Endpoint("localhost", relay);
        }
        return delegate == null ? null : delegate.relay(place);
    }

    /** Besides the drivers, the servers' own start connects to them: who else may is tested where sockets are. */
    @Override
    public boolean allowsSocket(String opener, Endpoint place) {
        return delegate == null || delegate.allowsSocket(opener, place);
    }

    @Override
    public void verifyTls(ConnectCommand connect, TlsFacts facts) throws RefusedException {
        sockets.add(facts);
        if (delegate != null) {
            delegate.verifyTls(connect, facts);
            return;
        }
        TlsRequirement required = tls(connect.target());
        if (!required.demandsEncryption() || required.exemption(connect.target()) != null) {
            return;
        }
        boolean ca = required.level().compareTo(TlsRequirement.Level.VERIFY_CA) < 0 || facts.chainTrusted();
        boolean name = required.level() != TlsRequirement.Level.VERIFY_FULL || facts.hostMatches();
        if (!facts.encrypted() || !ca || !name) {
            throw new RefusedException(new Refusal(Refusal.Reason.TLS, "tls", "not safe.", "incident-1", null));
        }
    }

    @Override
    public void refuse(Command command, String check, String message) throws RefusedException {
        checks.add(check);
        if (delegate != null) {
            delegate.refuse(command, check, message);
            return;
        }
        throw new RefusedException(new Refusal(Refusal.Reason.DENIED, check, message, "incident-1", null));
    }

    @Override
    public void closed(Target target, String session) {
        ended.add(session);
        if (delegate != null) {
            delegate.closed(target, session);
        }
    }

    @Override
    public void opened(Target target) {
        if (delegate != null) {
            delegate.opened(target);
        }
    }

    @Override
    public void transaction(Target target, String session, String what, String work, long rows) {
        transactions.add(what + ": " + work);
        if (delegate != null) {
            delegate.transaction(target, session, what, work, rows);
        }
    }

    @Override
    public void alarm(String what) {
        alarms.add(what);
    }

    @Override
    public void exceeded(Passage passage, Decision decision, @Nullable Waiter waiter) throws RefusedException {
        if (delegate != null) {
            delegate.exceeded(passage, decision, waiter);
        }
    }
}
