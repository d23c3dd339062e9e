package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;

/** Holds the key of the bootstrap gate; claimed when this class is initialised, which premain does before application code runs. */
final class BootKey {

    static final Object KEY = SallyportGate.claim();

    private BootKey() {}
}
