/**
 * The dashboard in a real browser against the real server: a scripted workload enrols over HTTPS, keeps its channel, and what is
 * clicked in Chromium has to arrive there.
 */
package io.sallyport.controlplane.dashboard;
