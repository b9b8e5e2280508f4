/** Forecasts from single patients, tried on trajectories that took place and on a ward whose laws are known. */
@NullMarked
package org.chevet.simulations.patient;

import org.jspecify.annotations.NullMarked;
