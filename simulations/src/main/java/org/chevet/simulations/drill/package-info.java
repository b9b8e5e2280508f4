/** What happens in a drill by itself: injects, casualties, and the roles that nobody plays; and what came of it. */
@NullMarked
package org.chevet.simulations.drill;

import org.jspecify.annotations.NullMarked;
