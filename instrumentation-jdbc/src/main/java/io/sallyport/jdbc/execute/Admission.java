package io.sallyport.jdbc.execute;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.DriverClash;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.state.Batch;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.jdbc.state.StatementState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what a statement is about to do to its passage: what is inside another call is part of it, all else goes through the gate. */
final class Admission {

    private Admission() {}

    /** Asks for the verdict of what a statement is about to do, and puts it inside its connection. Returns the token of the call. */
    static Object begin(StatementState state, List<Batch.Part> parts, int batchSize) throws SQLException {
        return begin(state, null, parts, batchSize);
    }

    /** @param statement asks, by a woven method; {@code null} for what is no statement */
    static Object begin(StatementState state, @Nullable Object statement, List<Batch.Part> parts, int batchSize)
            throws SQLException {
        ConnectionState connection = state.connection();
        Frame outer = connection.inside();
        if (outer != null && parts.size() == 1) {
            SqlAnalysis inner = parts.get(0).analysis();
            if (outer.isSame(inner)) {
                return outer instanceof Execution e ? nest(e, state) : Executions.CLEAR;
            }
            // What a driver does for itself it calls itself; code that it calls back does not get it covered.
            if (outer.covers(inner) && (statement == null || DriverCode.calls(statement))) {
                return Executions.CLEAR;
            }
        }
        demandSound(connection, parts);
        CommitApprovals.beforeStatement(connection, parts);
        Execution execution = parts.size() == 1
                ? single(state, parts.get(0), batchSize, outer != null)
                : several(state, parts, batchSize, outer != null);
        CommitApprovals.begins(execution);
        connection.enter(execution);
        return execution;
    }

    private static Execution single(StatementState state, Batch.Part part, int batchSize, boolean nested)
            throws SQLException {
        try {
            Passage passage = admit(state, part, nested, state.connection().transaction());
            return new Execution(state, passage, part.analysis(), batchSize);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    @SuppressWarnings("ReferenceEquality") // catalogues are told apart by identity
    private static Execution several(StatementState state, List<Batch.Part> parts, int batchSize, boolean nested)
            throws SQLException {
        List<Passage> passages = new ArrayList<>(parts.size());
        List<SqlAnalysis> analyses = new ArrayList<>(parts.size());
        Catalogue before = state.connection().currentCatalogue();
        // The batch commits before a commit could be held.
        boolean commits = Batches.mayCommit(parts);
        TransactionState transaction =
                commits ? TransactionState.UNKNOWN : state.connection().transaction();
        try {
            for (Batch.Part added : parts) {
                // What an entry before it renames or copies is known by its new name from here on.
                Batch.Part part = state.connection().currentCatalogue() == before ? added : Batches.read(state, added);
                Passage passage = admit(state, part, nested, transaction);
                passages.add(passage);
                analyses.add(part.analysis());
                if (commits) {
                    ChangedRows.refuseUncounted(passage);
                }
            }
        } catch (RefusedException refused) {
            SQLException translated = Refused.translate(refused);
            passages.forEach(p -> p.failed(translated));
            throw translated;
        }
        return new Execution(state, passages, analyses, batchSize);
    }

    /** Something else is sent inside a call than was admitted: it is decided, and its masks count for the same results. */
    static Passage again(StatementState state, SqlAnalysis sent) throws SQLException {
        try {
            Batch.Part part = new Batch.Part(sent, List.of());
            Passage passage = admit(state, part, true, state.connection().transaction());
            state.connection().sent(sent);
            passage.completed(-1);
            return passage;
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    /** In a transaction that changed too much nothing goes on but its rollback. */
    private static void demandSound(ConnectionState connection, List<Batch.Part> parts) throws SQLException {
        if (!connection.changes().isSpoilt()) {
            return;
        }
        for (Batch.Part part : parts) {
            if (!connection.changes().admits(part.analysis())) {
                try {
                    connection.changes().demandSound();
                } catch (RefusedException refused) {
                    throw Refused.translate(refused);
                }
            }
        }
    }

    /** A driver's wrapper of a statement calls the inner one, whose results and OUT parameters are the same. */
    private static Execution nest(Execution outer, StatementState inner) {
        SqlCommand command = outer.statement().command();
        Passage passage = outer.statement().passage();
        if (inner != outer.statement() && command != null && passage != null) {
            inner.admitted(command, passage);
        }
        return outer.nest();
    }

    @SuppressWarnings("ReferenceEquality") // a new command for each other text
    private static Passage admit(StatementState state, Batch.Part part, boolean nested, TransactionState transaction)
            throws RefusedException {
        Gate gate = Jdbc.current().gate();
        SqlCommand command = command(state, part, transaction);
        DriverClash clash = command == state.command() ? null : part.analysis().clash();
        if (clash == DriverClash.NAMES) {
            gate.refuse(
                    command,
                    "driver-names",
                    "it makes a statement or cursor under a name (S_1, C_1, …) that the driver may use for one of its own. Choose another.");
        }
        if (clash == DriverClash.CHARSET && state.connection().isMysql()) {
            gate.refuse(
                    command,
                    "charset",
                    "it has the server read in another character set than the driver writes. Set characterEncoding on the connection.");
        }
        Passage passage = nested ? gate.admitNested(command) : Waits.admit(gate, command, state);
        Obligations obligations = passage.obligations();
        if (passage.command() != command && !isSameText(passage, part)) {
            // A policy that puts another statement in place of a prepared one asks for what JDBC cannot do.
            gate.refuse(
                    command, "rewrite", "this statement would have to be replaced, which JDBC drivers do not allow.");
        }
        // Most copy nothing, and the catalogue's lock is shared by all connections to the target.
        if (!obligations.copies().isEmpty() && !state.connection().catalogue().inherit(obligations.copies())) {
            gate.refuse(
                    command,
                    "copies",
                    "it copies masked values, and this process has made copies in more tables than can be remembered."
                            + " Mask the columns that are copied into, or drop tables that are not needed any more.");
        }
        if (ClearMessages.mayQuoteLater(
                obligations.columns(), state.connection().currentCatalogue())) {
            state.connection().masked();
        }
        state.admitted(command, passage);
        return passage;
    }

    /** The statement's last command where it says the same. */
    private static SqlCommand command(StatementState state, Batch.Part part, TransactionState transaction) {
        ConnectionState connection = state.connection();
        Caller caller = Jdbc.current().callSites().of(part.analysis());
        SqlCommand last = state.command();
        if (last != null
                && last.analysis() == part.analysis()
                && last.parameterSets() == part.parameterSets()
                && last.caller() == caller
                && last.transaction() == transaction) {
            return last;
        }
        return new SqlCommand(
                connection.target(), connection.session(), caller, part.analysis(), part.parameterSets(), transaction);
    }

    private static boolean isSameText(Passage passage, Batch.Part part) {
        return passage.command() instanceof SqlCommand other
                && other.analysis().sql().equals(part.analysis().sql());
    }
}
