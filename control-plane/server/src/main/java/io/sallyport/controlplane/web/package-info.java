/**
 * HTTPS: the people's API, the dashboard's files, the live stream and the agents' endpoints.
 *
 * <p>Every route is a row of {@link io.sallyport.controlplane.web.Endpoints#table}, with the role that it demands; nothing is
 * registered anywhere else, so the table is what a test can walk.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.web;
