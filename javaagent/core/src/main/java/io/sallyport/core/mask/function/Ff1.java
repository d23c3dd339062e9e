package io.sallyport.core.mask.function;

import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.fpe.FPEEngine;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * FF1 (NIST SP 800-38G) with AES-256 over one alphabet. Thread-safe: engines keep state, so each use takes the idle one or
 * makes another.
 */
final class Ff1 {
    private final KeyParameter key;
    private final int radix;
    private final AtomicReference<FPEEngine> idle = new AtomicReference<>();

    /** @param key 32 bytes */
    Ff1(byte[] key, int radix) {
        this.key = new KeyParameter(key);
        this.radix = radix;
    }

    /** Replaces ranks (each below the radix) by their encryption. */
    void encrypt(byte[] ranks, int length) {
        FPEEngine engine = idle.getAndSet(null);
        if (engine == null) {
            engine = new FPEFF1Engine(AESEngine.newInstance());
            engine.init(true, new FPEParameters(key, radix, new byte[0]));
        }
        engine.processBlock(ranks, 0, length, ranks, 0);
        idle.set(engine);
    }
}
