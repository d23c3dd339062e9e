package io.sallyport.weaving.sample;

/** Implements an interface with code that it inherits. */
public class OpenShed extends Shed implements Opening {}
