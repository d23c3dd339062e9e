package io.sallyport.core.policy.rule;

/** A key of the {@code keys} section. Its {@code toString} tells where it comes from and never what it is. */
public final class KeyEntry {

    private final String name;
    private final String from;
    private final byte[] secret;

    public KeyEntry(String name, String from, byte[] secret) {
        this.name = name;
        this.from = from;
        this.secret = secret.clone();
    }

    public String name() {
        return name;
    }

    /** {@code env:NAME}, {@code file:PATH} or {@code control-plane}. */
    public String from() {
        return from;
    }

    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return name + " (" + from + ")";
    }
}
