/** Tells people outside the dashboard that a ticket waits, and how it ended: signed webhooks and Slack-compatible messages. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.notify;
