/** The published patient admission scheduling instances: reader, writer, checker, and what runs the stay planner on them. */
@NullMarked
package org.chevet.simulations.admission;

import org.jspecify.annotations.NullMarked;
