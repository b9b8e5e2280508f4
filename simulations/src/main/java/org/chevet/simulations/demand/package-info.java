/** Who comes to a hospital, when, with what needs and for how long: the one model of demand of the demo and the simulator. */
@NullMarked
package org.chevet.simulations.demand;

import org.jspecify.annotations.NullMarked;
