/** Calls that wait for people: tickets, outcomes and the room where callers park. */
package io.sallyport.core.hold;
