/**
 * Finds credentials where none is expected: in values, samples and paths that are to be written down. Independent of a policy's detectors, since those
 * say what a team looks for and this is what no record may hold. Each file knows one notation; {@link
 * io.sallyport.core.record.credential.CredentialText} asks them.
 */
package io.sallyport.core.record.credential;
