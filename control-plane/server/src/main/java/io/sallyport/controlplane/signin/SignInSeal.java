package io.sallyport.controlplane.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.protocol.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Puts a sign-in under way into a cookie and takes it out again. The cookie binds the answer to the browser that asked (RFC 9700, section
 * 4.7); its HMAC keeps people from making up a request that fits an answer which they found. Thread-safe.
 */
public final class SignInSeal {

    /** How long a person may take at the provider. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final int LONGEST = 2000;

    private final byte[] key;
    private final Clock clock;

    /** @param key the same on every replica */
    public SignInSeal(byte[] key, Clock clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    /** Begins a sign-in. */
    public PendingSignIn begin(String source) {
        // The underscore: a SAML id must not begin with a digit (xs:ID).
        return new PendingSignIn(source, Secrets.create(), "_" + Secrets.create(), Secrets.create(), clock.instant());
    }

    /** The cookie's value. */
    public String seal(PendingSignIn pending) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String text = base64.encodeToString(Wire.write(pending).getBytes(StandardCharsets.UTF_8));
        return text + "." + base64.encodeToString(mac(text));
    }

    /** @throws SignInException when there is none, it is old, for another provider, or for another {@code state} */
    public PendingSignIn open(@Nullable String cookie, String source, @Nullable String state) throws SignInException {
        PendingSignIn pending = cookie == null ? null : read(cookie);
        if (pending == null || !pending.source().equals(source)) {
            throw stale("the answer came to a browser that did not ask");
        }
        if (clock.instant().isAfter(pending.begun().plus(LIFE))) {
            throw stale("it took longer than " + LIFE.toMinutes() + " minutes");
        }
        if (state == null || !Secrets.matches(state, Secrets.hash(pending.state()))) {
            throw stale("the answer belongs to another sign-in");
        }
        return pending;
    }

    private @Nullable PendingSignIn read(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 1 || cookie.length() > LONGEST) {
            return null;
        }
        String text = cookie.substring(0, dot);
        try {
            byte[] sent = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
            if (!MessageDigest.isEqual(sent, mac(text))) {
                return null;
            }
            return Wire.read(
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8), PendingSignIn.class);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return null;
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static SignInException stale(String why) {
        return new SignInException(SignInException.Reason.STALE, why);
    }
}
