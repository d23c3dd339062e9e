package io.sallyport.link.spool;

import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spool whose process is gone. What that had not sealed is sealed when it is opened; it is deleted as soon as the control plane has confirmed
 * its last record. Not thread-safe.
 */
public final class LeftoverSpool implements UploadableSpool {

    private final SpoolDirectory directory;
    private final SpoolBudget budget;
    private final RecordingKey key;
    private final long last;
    private final @Nullable String damage;
    private long acknowledged;

    private LeftoverSpool(
            SpoolDirectory directory,
            SpoolBudget budget,
            RecordingKey key,
            long last,
            long acknowledged,
            @Nullable String damage) {
        this.directory = directory;
        this.budget = budget;
        this.key = key;
        this.last = last;
        this.damage = damage;
        this.acknowledged = acknowledged;
    }

    /** @return {@code null} when nothing is left to upload; the directory is then removed */
    static @Nullable LeftoverSpool open(SpoolDirectory directory, SpoolBudget budget, RecordingKey key)
            throws IOException {
        String damage = DeadLanes.seal(directory, key);
        SegmentScan end = end(directory, key);
        Block block = end == null ? null : end.last();
        long last = block == null ? 0 : block.last();
        String altered = end == null ? null : end.damage();
        if (altered != null) {
            String found = directory.damaged(altered);
            damage = damage == null ? found : damage;
        }
        String named = directory.publicKey();
        if (named == null || named.equals(key.publicKey())) {
            String missing = HeadFile.missing(directory, key, block);
            String found = missing == null ? null : directory.damaged(missing);
            damage = damage == null ? found : damage;
        }
        long acknowledged = directory.acknowledged();
        if (block == null && damage == null && HeadFile.proven(directory, key) != 0) {
            // Nothing proves that it never held anything: a control plane that has heard of it is to miss it.
            directory.delete();
            return null;
        }
        if (last <= acknowledged && damage == null) {
            RecordingsOnDisk.confirmed(directory, last, key);
            return null;
        }
        budget.occupy(directory.bytes());
        return new LeftoverSpool(directory, budget, key, last, acknowledged, damage);
    }

    /** What was found damaged when it was opened, for people; {@code null}: nothing, or nothing new. */
    public @Nullable String damage() {
        return damage;
    }

    /**
     * The control plane has stored the recording up to {@code stored}. If that is more than is here, it is noted, and all of it is kept.
     *
     * @return for people; {@code null}: nothing, or nothing new
     */
    public @Nullable String outdatedBy(long stored) throws IOException {
        return stored <= last
                ? null
                : directory.damaged("records " + (last + 1) + " to " + stored
                        + ", which the control plane has, are not in it: an older copy was put in its place,"
                        + " or its end was cut off");
    }

    @Override
    public String id() {
        return directory.id();
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public void acknowledge(long upTo) throws IOException {
        long known = Math.min(upTo, last);
        if (known <= acknowledged) {
            return;
        }
        acknowledged = known;
        if (known == last) {
            long bytes = directory.bytes();
            if (directory.isDamaged()) {
                directory.acknowledged(known);
            }
            RecordingsOnDisk.confirmed(directory, last, key);
            budget.giveBack(bytes);
            return;
        }
        directory.acknowledged(known);
    }

    @Override
    public SpoolReader read(long sequence) {
        return new SpoolReader(directory, key, sequence);
    }

    /** The last segment that has a whole block; what its blocks say is checked when they are read. */
    private static @Nullable SegmentScan end(SpoolDirectory directory, RecordingKey key) throws IOException {
        List<Long> firsts = directory.segments();
        String named = directory.publicKey();
        PublicKey verifier;
        try {
            verifier = Block.publicKey(named == null ? key.publicKey() : named);
        } catch (IllegalArgumentException e) {
            verifier = Block.publicKey(key.publicKey());
        }
        SegmentScan found = null;
        String damage = null;
        for (int i = firsts.size() - 1; i >= 0 && (found == null || found.last() == null); i--) {
            found = SegmentScan.of(directory, firsts.get(i), verifier, null);
            damage = damage == null ? found.damage() : damage;
        }
        return found == null ? null : new SegmentScan(found.last(), found.end(), false, damage, found.open());
    }
}
