/** What a hospital may become from the state that it is in, with and without measures: futures at flow level, drawn from what its journal taught. */
@NullMarked
package org.chevet.simulations.future;

import org.jspecify.annotations.NullMarked;
