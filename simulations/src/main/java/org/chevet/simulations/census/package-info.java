/** Forecasts of published census series, made as if each day were today, and how they compare with what usual methods reached. */
@NullMarked
package org.chevet.simulations.census;

import org.jspecify.annotations.NullMarked;
