package io.sallyport.core.record;

import java.util.regex.Pattern;

/** Names of columns and functions whose values may be credentials: those are not even hashed, because a password is found by trying. */
public final class CredentialNames {

    private static final Pattern CREDENTIAL = Pattern.compile(
            "passw|passphrase|pwd|secret|token|credential|api_?key|private_?key|access_?key|crypt|digest|hmac|dblink|salt|identified",
            Pattern.CASE_INSENSITIVE);

    private CredentialNames() {}

    /** Whether what is called so may be a credential. */
    public static boolean mayName(String name) {
        return CREDENTIAL.matcher(name).find();
    }
}
