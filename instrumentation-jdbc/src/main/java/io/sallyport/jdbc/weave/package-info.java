/** Which methods of which types are woven. One woven type per file, named after it. */
package io.sallyport.jdbc.weave;
