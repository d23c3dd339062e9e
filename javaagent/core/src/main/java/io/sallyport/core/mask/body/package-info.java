/**
 * Body maskers: values masked inside JSON, XML, CSV, forms, event streams and text while the bytes stream by. Memory does not
 * grow with the body; bytes outside masked values leave as they came; what cannot be read is refused, never passed.
 */
package io.sallyport.core.mask.body;
