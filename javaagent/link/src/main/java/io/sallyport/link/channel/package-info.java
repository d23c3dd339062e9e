/**
 * The connection itself: TCP, TLS, one HTTP request, one WebSocket. What travels on it is the business of the other packages.
 */
package io.sallyport.link.channel;
