/** Masking functions, detectors and body maskers: what happens to a value that may not be seen. */
package io.sallyport.core.mask;
