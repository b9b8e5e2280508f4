/**
 * The simulator's full level: every event of a simulated hospital is decided and folded by the engine's live state, and beds are given by the
 * engine's placement.
 */
@NullMarked
package org.chevet.simulations.full;

import org.jspecify.annotations.NullMarked;
