package io.sallyport.link.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a recording is encrypted and signed with: 256 random bits, and an Ed25519 key. Immutable; secret.
 *
 * <p>The file has three lines: {@code secret <base64>}, {@code sign <PKCS #8, base64>}, {@code public <X.509, base64>}. It is made, with mode 0600, when
 * it is not there. By default it lies beside the recordings, which keeps them from whoever gets at a copy of them but not from whoever reads
 * this user's files; put it somewhere else ({@code SALLYPORT_RECORDING_KEY}) where that matters.
 */
public final class RecordingKey {

    /** The file's name where no other is given. */
    public static final String FILE = "recording.key";

    private final byte[] secret;
    private final byte[] pkcs8;
    private final String publicKey;

    private RecordingKey(byte[] secret, byte[] pkcs8, String publicKey) {
        this.secret = secret;
        this.pkcs8 = pkcs8;
        this.publicKey = publicKey;
    }

    /**
     * Reads the file, or makes it.
     *
     * @throws IOException when it can be neither read nor made, or is no such file
     */
    public static RecordingKey at(Path file) throws IOException {
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            return make(file);
        }
    }

    static RecordingKey read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        try {
            return new RecordingKey(
                    Base64.getDecoder().decode(value(lines, "secret ")),
                    Base64.getDecoder().decode(value(lines, "sign ")),
                    value(lines, "public "));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is no recording key: put back the one that was there, or delete it together with"
                            + " the recordings that it belongs to",
                    e);
        }
    }

    private static RecordingKey make(Path file) throws IOException {
        try {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            String text = "secret " + base64.encodeToString(secret) + "\nsign "
                    + base64.encodeToString(pair.getPrivate().getEncoded()) + "\npublic "
                    + base64.encodeToString(pair.getPublic().getEncoded()) + "\n";
            Path draft = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
            Files.deleteIfExists(draft);
            PrivateFiles.create(draft);
            Files.writeString(draft, text);
            try {
                // A link and no move: of two processes that begin at once, one makes the key and both use it.
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                return read(file);
            } catch (UnsupportedOperationException e) {
                Files.move(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
            return read(file);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java runtime has no Ed25519", e);
        }
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name))
                .substring(name.length());
    }

    /** Ed25519 public key, X.509, base64: what a verifier needs. */
    public String publicKey() {
        return publicKey;
    }

    /** Made on demand: the JDK's classes for it cost the application's start a tenth of a second. */
    PrivateKey signing() {
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key of the recording key is damaged", e);
        }
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signing());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be signed with the recording key", e);
        }
    }

    /** The AES key of one recording. */
    SecretKey cipher(String recording) {
        byte[] key = derive("sallyport-recording-cipher-1\n" + recording);
        try {
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** What values that must not be known are hashed with: the same in all recordings under this key, so that equal values can be told. */
    byte[] valueKey() {
        return derive("sallyport-recording-values-1\n");
    }

    /** Vouches for the number in a recording's {@link HeadFile}; hexadecimal. */
    String headMac(String recording, String number) {
        byte[] headKey = derive("sallyport-recording-head-1\n" + recording);
        return HexFormat.of().formatHex(mac(headKey, number));
    }

    private byte[] derive(String purpose) {
        return mac(secret, purpose);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "RecordingKey[" + publicKey + "]";
    }
}
