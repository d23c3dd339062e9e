/**
 * An independent witness of {@code unboundedWrite}: UPDATE and DELETE with random conditions run on a real server, and the rows they
 * really change are held against what {@code explain} says.
 *
 * <p>The target's rows are the cross product of representatives of every interval between the literals that conditions may hold, and
 * NULL; comparisons of its columns with those literals and with one another can tell no other rows apart. So a condition that changes
 * all of them changes all rows of any table. One that spares only rows with NULL changes all rows where the columns are NOT NULL, which
 * the text doesn't tell: either answer is right.
 */
package io.sallyport.it.writes;
