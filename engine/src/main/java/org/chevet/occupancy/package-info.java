/**
 * The live state of one hospital: {@link org.chevet.occupancy.Occupancy} decides what is asked against it and folds what
 * happened into it. Pure: no clock, thread, disk or socket. The views are immutable and may be read from any thread.
 */
@NullMarked
package org.chevet.occupancy;

import org.jspecify.annotations.NullMarked;
