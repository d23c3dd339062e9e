package io.sallyport.link.spool;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import java.util.zip.Deflater;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** Makes the blocks of one recording, each behind the one before; see {@link Block} for the format. Not thread-safe. */
final class BlockSealer implements AutoCloseable {

    /** Larger payloads are deflated in a hurry: a workload that fills so much in a tenth of a second would feel the CPU. */
    private static final int DEFLATE_WELL_UP_TO = 64 << 10;

    private final RecordingKey keys;
    private final String recording;
    private @Nullable Keys ready;
    private final SecureRandom random = new SecureRandom();
    private final Growing payload = new Growing();
    private final MessageDigest digest = Block.sha256();
    private final Deflater well = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Deflater fast = new Deflater(Deflater.BEST_SPEED, true);
    private byte[] deflated = new byte[8 << 10];
    private byte[] previous;

    /** @param previous hash of the block before */
    BlockSealer(RecordingKey keys, String recording, byte[] previous) {
        this.keys = keys;
        this.recording = recording;
        this.previous = previous.clone();
    }

    /**
     * Seals the chunks. The block counts as written only after {@link #written}: one that could not be written is made anew.
     *
     * @param first sequence number of the first record
     */
    byte[] seal(long first, long round, int flags, List<Chunk> chunks) {
        payload.reset(0);
        payload.ensure(1);
        payload.bytes[payload.length++] = 1;
        payload.unsigned(chunks.size());
        int records = 0;
        for (Chunk chunk : chunks) {
            chunk.copyTo(payload);
            records += chunk.records();
        }
        byte[] plain = payload.bytes;
        int length = payload.length;
        int allFlags = flags | Block.HEADED;
        int count = deflate(length <= DEFLATE_WELL_UP_TO ? well : fast, length);
        if (count < length) {
            plain = deflated;
            length = count;
            allFlags |= Block.DEFLATED;
        }
        byte[] nonce = new byte[Block.HEADER - Block.NONCE];
        random.nextBytes(nonce);
        byte[] block = new byte[Block.HEADER + length + Block.TAG + Block.SIGNATURE];
        ByteBuffer.wrap(block)
                .putInt(Block.MAGIC)
                .putInt(block.length)
                .putLong(first)
                .putInt(records)
                .put((byte) allFlags)
                .put(new byte[3])
                .putLong(round)
                .putLong(System.currentTimeMillis())
                .put(previous)
                .put(nonce);
        encrypt(plain, length, nonce, block);
        return block;
    }

    private void encrypt(byte[] plain, int length, byte[] nonce, byte[] block) {
        Keys ready = keys();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, ready.cipher, new GCMParameterSpec(8 * Block.TAG, nonce));
            cipher.updateAAD(block, 0, Block.HEADER);
            cipher.doFinal(plain, 0, length, block, Block.HEADER);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(ready.signing);
            signature.update(Block.signed(hash(block)));
            signature.sign(block, block.length - Block.SIGNATURE, Block.SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block cannot be sealed", e);
        }
    }

    /** Made with the first block, on the sealer's thread and not on the one that starts the application. */
    private Keys keys() {
        Keys known = ready;
        if (known == null) {
            known = new Keys(keys.cipher(recording), keys.signing());
            ready = known;
        }
        return known;
    }

    private record Keys(SecretKey cipher, PrivateKey signing) {}

    private byte[] hash(byte[] block) {
        digest.update(block, 0, block.length - Block.SIGNATURE);
        return digest.digest();
    }

    private int deflate(Deflater deflater, int length) {
        deflater.reset();
        deflater.setInput(payload.bytes, 0, length);
        deflater.finish();
        int count = 0;
        while (!deflater.finished()) {
            if (count == deflated.length) {
                deflated = java.util.Arrays.copyOf(deflated, deflated.length * 2);
            }
            count += deflater.deflate(deflated, count, deflated.length - count);
        }
        return count;
    }

    /** The block is in the file; the next one continues from it. */
    void written(byte[] block) {
        previous = hash(block);
    }

    /** Hash of the last written block. */
    byte[] head() {
        return previous.clone();
    }

    @Override
    public void close() {
        well.end();
        fast.end();
    }
}
