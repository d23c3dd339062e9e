package io.sallyport.core.policy.rule;

import io.sallyport.core.policy.TlsRequirement;

/** One entry of the {@code tls} section. */
public record TlsEntry(Scope scope, TlsRequirement requirement) {}
