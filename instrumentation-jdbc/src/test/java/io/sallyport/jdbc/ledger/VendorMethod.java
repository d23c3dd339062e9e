package io.sallyport.jdbc.ledger;

import java.util.List;
import net.bytebuddy.description.method.MethodDescription;

/**
 * A public method that no JDBC interface declares, or a public field, whose name has a dot before it.
 *
 * @param type the topmost type of the driver that declares it
 * @param bodies all overloads with a body, in every class of the driver that implements or overrides one
 */
record VendorMethod(String type, String name, List<MethodDescription.InDefinedShape> bodies) {}
