/** Timefold on the published instances, beside the stay planner. Compiled in the profile {@code timefold} only. */
@NullMarked
package org.chevet.simulations.timefold;

import org.jspecify.annotations.NullMarked;
