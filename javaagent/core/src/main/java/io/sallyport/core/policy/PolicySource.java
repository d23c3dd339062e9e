package io.sallyport.core.policy;

/** The policy in force. Thread-safe; a volatile read. */
public interface PolicySource {

    PolicySnapshot current();
}
