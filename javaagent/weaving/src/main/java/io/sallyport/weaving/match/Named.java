package io.sallyport.weaving.match;

/** A type, by its binary name, or a method; constructors are called {@code <init>}. */
public sealed interface Named permits TypeInfo, MethodInfo {

    String name();
}
