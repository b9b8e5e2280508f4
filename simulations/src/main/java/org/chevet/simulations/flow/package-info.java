/**
 * The simulator's flow level: how many lie and wait in each service, without beds and without names. For Monte-Carlo at a scale at which
 * nobody asks who lies where; the full level runs the engine itself.
 */
@NullMarked
package org.chevet.simulations.flow;

import org.jspecify.annotations.NullMarked;
