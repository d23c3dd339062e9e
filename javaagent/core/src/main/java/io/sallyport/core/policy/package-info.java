/** The policy file: strict loading, validation, and the immutable snapshot that decisions read. */
package io.sallyport.core.policy;
