/** Hospitals that do not exist: generator, discrete-event simulator, scenarios and drills. */
@NullMarked
package org.chevet.simulations;

import org.jspecify.annotations.NullMarked;
