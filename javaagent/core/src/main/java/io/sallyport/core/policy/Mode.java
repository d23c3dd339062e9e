package io.sallyport.core.policy;

/** Whether verdicts take effect. */
public enum Mode {
    /** Everything passes; what would have happened is recorded and alarmed. */
    OBSERVE,
    /** Verdicts take effect and failures close. */
    ENFORCE
}
