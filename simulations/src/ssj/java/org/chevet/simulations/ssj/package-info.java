/** The flow level's model in SSJ, beside our own. Compiled in the profile {@code ssj} only. */
@NullMarked
package org.chevet.simulations.ssj;

import org.jspecify.annotations.NullMarked;
