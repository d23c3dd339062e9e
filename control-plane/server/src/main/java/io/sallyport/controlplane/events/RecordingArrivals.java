package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.AgentMessage.Disk;
import io.sallyport.protocol.AgentMessage.Hello;
import io.sallyport.protocol.ConfirmedRecording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workload says of its recordings when it arrives. The one that it begins is entered before anything of it is uploaded; each earlier one
 * has to be on its disk still, or to have been confirmed wholly, by the workload's signature. One that is neither was removed, and what it held
 * behind the last confirmed event is lost: an alarm, once. Thread-safe.
 */
public final class RecordingArrivals {

    private final Database database;
    private final StoreSeal seal;
    private final RecordingList recordings;

    public RecordingArrivals(Database database, StoreSeal seal) {
        this.database = database;
        this.seal = seal;
        this.recordings = new RecordingList(database, seal);
    }

    /** @return what is wrong, for alarms */
    public List<String> of(String workload, Hello hello) {
        Disk disk = hello.disk();
        if (disk == null || hello.spool() == null || hello.spool().isEmpty()) {
            return List.of();
        }
        String current = EventLog.name(hello.spool());
        recordings.enter(workload, current);
        return database.change(tx -> {
            List<String> alarms = new ArrayList<>();
            String key = key(tx, workload);
            for (String earlier : open(tx, workload, current)) {
                if (!disk.present().contains(earlier)) {
                    String alarm = vanished(tx, workload, earlier, confirmed(disk, earlier, key));
                    if (alarm != null) {
                        alarms.add(alarm);
                    }
                }
            }
            // The latest name: rows are locked in their order everywhere.
            StoredRecording begun = StoredRecording.lock(tx, workload, current);
            if (begun.ended() == StoredRecording.UNTOLD) {
                begun.ending(StoredRecording.OPEN).store(tx, begun, seal);
            }
            return alarms;
        });
    }

    /** Earlier ones that were not confirmed to be whole; of versions that confirmed nothing, none. */
    private static List<String> open(Tx tx, String workload, String current) {
        return tx.query("select spool from spool where workload_id = :workload and ended = :open and ordinal > 0"
                        + " and spool <> :current and spool <> :own order by spool")
                .bind("workload", workload)
                .bind("open", StoredRecording.OPEN)
                .bind("current", current)
                .bind("own", StoredRecording.OWN)
                .mapTo(String.class)
                .list();
    }

    private static @Nullable String key(Tx tx, String workload) {
        return tx.query("select recording_key from workload where id = :workload")
                .bind("workload", workload)
                .map((row, context) -> row.getString("recording_key"))
                .findOne()
                .orElse(null);
    }

    /** @return number of the last record that its workload says was confirmed; -1 where it does not */
    private static long confirmed(Disk disk, String recording, @Nullable String key) {
        for (ConfirmedRecording confirmed : disk.confirmed()) {
            if (confirmed.recording().equals(recording) && key != null && confirmed.isSignedBy(key)) {
                return confirmed.last();
            }
        }
        return -1;
    }

    private @Nullable String vanished(Tx tx, String workload, String recording, long confirmed) {
        StoredRecording locked = StoredRecording.lock(tx, workload, recording);
        boolean whole = confirmed == locked.acknowledged();
        locked.ending(whole ? confirmed : StoredRecording.GONE).store(tx, locked, seal);
        return whole
                ? null
                : "recording " + Clip.text(recording, 200)
                        + " is no longer on this workload's disk, and what it held behind event "
                        + locked.acknowledged()
                        + (confirmed < 0
                                ? " was never confirmed: somebody removed it, or the disk was exchanged"
                                : " was confirmed up to event " + confirmed
                                        + ": this control plane was restored from a backup");
    }
}
