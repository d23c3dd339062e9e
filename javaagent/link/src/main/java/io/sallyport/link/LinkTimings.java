package io.sallyport.link;

import java.time.Duration;

/**
 * How long the link waits for what. Not options: the defaults are part of the product contract.
 *
 * @param connect for a TCP connection, and again for TLS
 * @param answer for the answer to a request, and for the welcome
 * @param firstPause first pause after a failed connection; doubles, with jitter
 * @param longestPause longest such pause
 * @param heartbeat between heartbeats (each with a ping)
 * @param silence without a byte from the control plane after which the connection counts as lost
 * @param grace that a new approval ticket waits for the channel to come back
 * @param acknowledgement for the confirmation of sent events before the connection counts as broken
 * @param flush that {@link ControlPlaneLink#close()} spends on events that are not yet confirmed
 */
record LinkTimings(
        Duration connect,
        Duration answer,
        Duration firstPause,
        Duration longestPause,
        Duration heartbeat,
        Duration silence,
        Duration grace,
        Duration acknowledgement,
        Duration flush) {

    static final LinkTimings STANDARD = new LinkTimings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(4));
}
