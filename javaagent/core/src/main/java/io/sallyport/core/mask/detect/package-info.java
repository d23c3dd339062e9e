/**
 * Detectors: sensitive values found by what they look like. Each built-in detector demands more than a shape (a checksum, a
 * registered prefix, a word in the neighbourhood), because masking what is harmless breaks the application.
 */
package io.sallyport.core.mask.detect;
