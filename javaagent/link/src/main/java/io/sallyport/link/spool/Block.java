package io.sallyport.link.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * One sealed block, as read back; {@link BlockSealer} makes them. Immutable.
 *
 * <h2>Format</h2>
 *
 * <p>Numbers are big-endian. {@code docs/recording.md} has the same for those who write a verifier, with an example.
 *
 * <pre>
 *   0    4  "SPB1"
 *   4    4  length of the whole block
 *   8    8  sequence number of its first record
 *  16    4  number of records
 *  20    1  flags: 1 deflated, 2 recovered from the lanes of a dead process, 4 the recording ends here,
 *           8 records between this block and the one before are missing, 16 a file head is beside the segments
 *  21    3  zero
 *  24    8  round: chunks of later rounds are not in it
 *  32    8  sealed at, milliseconds since 1970
 *  40   32  hash of the block before; the first: SHA-256("sallyport-recording-1\n" id "\n" public key "\n")
 *  72   12  nonce
 *  84    n  AES-256-GCM of the payload, with its tag of 16 bytes; bytes 0 to 83 are authenticated with it
 *       64  Ed25519 signature over "sallyport-block-1\n" and the block's hash
 * </pre>
 *
 * <p>The block's hash is SHA-256 over everything before the signature. The payload (behind raw DEFLATE where the flag says so) is one byte, 1,
 * the number of runs, and each run (a chunk of a lane, see {@link Chunk}): base (8 bytes), number of records, and per record its length, its
 * number less that of the one before, and its body. Sequence numbers go to the records of all runs in the order of their numbers.
 */
final class Block {

    static final int MAGIC = 0x53504231;
    static final int HEADER = 84;
    static final int TAG = 16;
    static final int SIGNATURE = 64;
    static final int HASH = 32;
    static final int PREVIOUS = 40;
    static final int NONCE = 72;

    static final int DEFLATED = 1;
    static final int RECOVERED = 2;
    static final int LAST = 4;
    static final int DAMAGED = 8;
    static final int HEADED = 16;

    /** Longer ones are not of this format. */
    static final int MOST = 64 << 20;

    private final byte[] bytes;
    private final ByteBuffer header;

    private Block(byte[] bytes) {
        this.bytes = bytes;
        this.header = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Length of the block that begins with these bytes; -1 when none does. */
    static int length(ByteBuffer start) {
        int length = start.getInt(4);
        return start.getInt(0) == MAGIC && length >= HEADER + TAG + SIGNATURE && length <= MOST ? length : -1;
    }

    static Block of(byte[] whole) {
        return new Block(whole);
    }

    /** Of the whole block. */
    int length() {
        return bytes.length;
    }

    long first() {
        return header.getLong(8);
    }

    int records() {
        return header.getInt(16);
    }

    long last() {
        return first() + records() - 1;
    }

    boolean is(int flag) {
        return (bytes[20] & flag) != 0;
    }

    long round() {
        return header.getLong(24);
    }

    byte[] previous() {
        return Arrays.copyOfRange(bytes, PREVIOUS, PREVIOUS + HASH);
    }

    byte[] hash() {
        MessageDigest digest = sha256();
        digest.update(bytes, 0, bytes.length - SIGNATURE);
        return digest.digest();
    }

    /** Whether the block carries that key's signature. */
    boolean isSignedBy(PublicKey key) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(signed(hash()));
            return signature.verify(bytes, bytes.length - SIGNATURE, SIGNATURE);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The payload; {@code null} when the key is another one or the block was altered. */
    byte @Nullable [] open(SecretKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, bytes, NONCE, HEADER - NONCE));
            cipher.updateAAD(bytes, 0, HEADER);
            byte[] plain = cipher.doFinal(bytes, HEADER, bytes.length - HEADER - SIGNATURE);
            return is(DEFLATED) ? inflate(plain) : plain;
        } catch (GeneralSecurityException | DataFormatException e) {
            return null;
        }
    }

    private static byte[] inflate(byte[] deflated) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] out = new byte[Math.max(1024, deflated.length * 4)];
            int length = 0;
            while (!inflater.finished()) {
                int count = inflater.inflate(out, length, out.length - length);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("cut off");
                }
                length += count;
                if (length == out.length) {
                    out = Arrays.copyOf(out, out.length * 2);
                }
            }
            return Arrays.copyOf(out, length);
        } finally {
            inflater.end();
        }
    }

    /** What the first block names as the one before. */
    static byte[] genesis(String recording, String publicKey) {
        return sha256().digest(("sallyport-recording-1\n" + recording + "\n" + publicKey + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** What is signed for a block of that hash. */
    static byte[] signed(byte[] hash) {
        byte[] domain = "sallyport-block-1\n".getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(domain, domain.length + hash.length);
        System.arraycopy(hash, 0, message, domain.length, hash.length);
        return message;
    }

    /** @throws IllegalArgumentException when the text is no Ed25519 public key */
    static PublicKey publicKey(String base64) {
        try {
            byte[] x509 = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key (X.509, base64)", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
