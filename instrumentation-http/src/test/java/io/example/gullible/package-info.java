/** An application that trusts everybody, outside the packages that call sites leave out. */
package io.example.gullible;
