package io.sallyport.core.mask.detect;

/**
 * A sensitive value inside a text.
 *
 * @param entity name of what it is, {@code CREDIT_CARD} for example
 * @param start index of its first char
 * @param end index after its last char
 */
public record Finding(String entity, int start, int end) {}
