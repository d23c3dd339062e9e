package io.sallyport.link.relay;

import io.sallyport.link.trust.ControlPlaneTrust;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** What this workload shows to relays, and whom it trusts to name them. */
public record RelayCredentials(PrivateKey key, X509Certificate certificate, ControlPlaneTrust trust) {}
