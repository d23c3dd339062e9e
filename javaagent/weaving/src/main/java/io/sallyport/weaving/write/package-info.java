/**
 * Writes woven class files, with ASM alone.
 *
 * <p>An agent weaves while the JVM is still interpreting, where a library that describes and validates everything it writes costs more
 * than the driver that is woven. What Sallyport writes is little and always the same: a call of advice before and after a method
 * ({@link io.sallyport.weaving.write.CallWriter}), a look at a carrier's state in a getter ({@link io.sallyport.weaving.write.ReadWriter}).
 * Methods that are not woven are copied byte by byte.
 *
 * <pre>
 *   local variables   this, parameters, the method's own … │ ours                     (behind all of the method's: nothing is renumbered)
 *   code              enter │ the method, each return of which goes to ──► exit, return
 *                           └ what it throws, where the advice wants it ─► exit, throw
 * </pre>
 *
 * <p>{@link io.sallyport.weaving.write.Around} writes that shape, and {@link io.sallyport.weaving.write.OperandStack} follows the method's own
 * code for it. Advice keeps Byte Buddy's annotations, which are read from its class file ({@link io.sallyport.weaving.write.AdviceReader}). What is
 * asked for and cannot be written is an exception, and so a class that the coverage reports as refused.
 */
@NullMarked
package io.sallyport.weaving.write;

import org.jspecify.annotations.NullMarked;
