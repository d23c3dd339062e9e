package io.sallyport.link.spool;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SpoolVerifier} found below a directory.
 *
 * @param spools one entry per spool, in the order of their names
 */
public record VerifyResult(List<SpoolState> spools) {

    public VerifyResult {
        spools = List.copyOf(spools);
    }

    /** Whether at least one spool was found and none has a problem. */
    public boolean intact() {
        return !spools.isEmpty() && spools.stream().allMatch(s -> s.problem() == null);
    }

    /**
     * One spool.
     *
     * @param id the spool's identifier
     * @param path its directory
     * @param records number of intact records, up to the problem if there is one
     * @param first sequence number of the first one; larger than 1 when earlier ones were confirmed and deleted; 0 for none
     * @param last sequence number of the last one; 0 for none
     * @param unsealed whole records that are in the lanes only: of a process that runs, or was killed and not started again; neither encrypted nor
     *     tamper-evident
     * @param tornTail whether the process ended in the middle of writing a block, whose records are among the unsealed ones
     * @param open whether nothing signed says that it ends: of a process that runs or was killed, or what somebody made look so; records behind the last
     *     one could have been cut off
     * @param problem {@code null}, or what is wrong with which records, in which file
     */
    public record SpoolState(
            String id,
            Path path,
            long records,
            long first,
            long last,
            long unsealed,
            boolean tornTail,
            boolean open,
            @Nullable String problem) {

        /** One line for people. */
        public String describe() {
            String range = (records == 0 ? "no records" : "records " + first + " to " + last)
                    + (first > 1 ? " (those before were confirmed and deleted)" : "");
            String tail = (unsealed == 0 ? "" : ", " + unsealed + " more not sealed yet")
                    + (tornTail ? ", last block cut off by the end of the process" : "")
                    + (open ? "; open: its end is not proven" : "");
            return id + ": "
                    + (problem == null ? "intact, " + range + tail : problem + " (intact before: " + range + ")");
        }
    }
}
