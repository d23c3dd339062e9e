/** Libraries that call through a client that is woven, and are not woven themselves. */
package io.sallyport.http.riders;
