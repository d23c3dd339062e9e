package io.sallyport.agent.startup;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.identity.IdentitySource;
import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicyError;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.policy.shape.ShapeBook;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.verdict.StoppedSessions;
import io.sallyport.link.spool.LocalRecording;
import io.sallyport.weaving.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A policy file, or the built-in starter policy; events go to a local recording, and nobody can approve. */
final class FileGovernance implements Governance {

    private final PolicySnapshot policy;
    private final Identity identity;
    private final EventSink events;
    private final ShapeBook shapes;
    private final @Nullable LocalRecording recording;

    private FileGovernance(
            PolicySnapshot policy, AgentOptions options, @Nullable LocalRecording recording, ShapeBook shapes) {
        this.shapes = shapes;
        this.policy = policy;
        this.identity = new Identity(options.workload(), false, Set.of(), options.labels());
        this.recording = recording;
        this.events = recording == null ? EventSink.NOWHERE : recording;
    }

    static FileGovernance ofFile(AgentOptions options, Path file) {
        ShapeBook shapes = new ShapeBook(new FileShapes(options.spool()));
        PolicySnapshot policy = load(file, shapes);
        try {
            return new FileGovernance(policy, options, open(options), shapes);
        } catch (IOException e) {
            if (policy.refuseWhenRecordFull() && policy.mode() == Mode.ENFORCE) {
                throw new StartupException(
                        "the recording directory " + options.spool() + " cannot be used (" + e
                                + "): set SALLYPORT_SPOOL to a directory that this user may write",
                        e);
            }
            System.err.println("sallyport: nothing is recorded, since " + options.spool() + " cannot be used: " + e);
            return new FileGovernance(policy, options, null, shapes);
        }
    }

    static FileGovernance unconfigured(AgentOptions options) {
        LocalRecording recording = null;
        String where = "nothing is recorded";
        try {
            recording = open(options);
            where = "recording to " + recording.path();
        } catch (IOException e) {
            where += " (" + options.spool() + " cannot be used)";
        }
        System.err.println(
                "sallyport: no policy and no control plane configured: observing with the built-in starter policy, "
                        + where);
        return new FileGovernance(BuiltInPolicies.starter(), options, recording, ShapeBook.empty());
    }

    private static LocalRecording open(AgentOptions options) throws IOException {
        return LocalRecording.open(options.spool(), options.spoolBytes(), options.recordingKey());
    }

    private static PolicySnapshot load(Path file, ShapeBook shapes) {
        try {
            return PolicyLoader.load(Files.readString(file), file.toString(), new LocalKeys(), 0, shapes);
        } catch (NoSuchFileException e) {
            throw new StartupException("policy file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new StartupException("policy file " + file + " cannot be read: " + e.getMessage(), e);
        } catch (InvalidPolicyException e) {
            throw new StartupException(
                    "policy file " + file + " is invalid: "
                            + e.errors().stream().map(PolicyError::toString).collect(Collectors.joining("; ")),
                    e);
        }
    }

    @Override
    public PolicySource policies() {
        return () -> policy;
    }

    @Override
    public IdentitySource identities() {
        return () -> identity;
    }

    @Override
    public EventSink events() {
        return events;
    }

    @Override
    public ApprovalDesk approvals() {
        return ApprovalDesk.NOBODY;
    }

    @Override
    public StoppedSessions stopped() {
        return new StoppedSessions();
    }

    @Override
    public boolean enforcing() {
        return policy.mode() == Mode.ENFORCE;
    }

    @Override
    public void coverageChanged(Coverage coverage) {}

    @Override
    public void start() {}

    @Override
    public void stop() {
        shapes.save();
        if (recording != null) {
            try {
                recording.close();
            } catch (IOException e) {
                System.err.println("sallyport: the recording could not be closed: " + e);
            }
        }
    }
}
