/**
 * The only classes that woven code can name.
 *
 * <p>Packaging relocates this package to {@code java.lang} and premain defines the classes straight into {@code java.base}: every
 * class loader, OSGi and JBoss modules included, delegates {@code java.*}, and no jar has to be appended to the bootstrap path
 * (which would switch off class-data sharing and print a warning). Nothing here may use a type outside {@code java.base}.
 */
package io.sallyport.bootstrap;
