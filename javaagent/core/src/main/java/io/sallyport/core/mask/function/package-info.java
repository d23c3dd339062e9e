/**
 * Masking functions: what stands in place of a value that may not be seen. Each function keeps the type of the value, so
 * that the caller's code goes on working, and is pure: the same value always gives the same mask.
 */
package io.sallyport.core.mask.function;
