/** What is written down about each call. Redacted before it leaves the core. */
package io.sallyport.core.record;
