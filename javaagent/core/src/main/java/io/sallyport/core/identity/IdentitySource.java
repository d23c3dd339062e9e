package io.sallyport.core.identity;

/** The identity in force; it changes when the control plane verifies the workload or renews its token. Thread-safe; a volatile read. */
@FunctionalInterface
public interface IdentitySource {

    Identity current();
}
