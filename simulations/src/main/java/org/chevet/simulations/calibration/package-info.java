/** A simulated hospital that lives as a real one was seen to: what was seen, what is fitted to it, and how far apart the two are. */
@NullMarked
package org.chevet.simulations.calibration;

import org.jspecify.annotations.NullMarked;
