/** What may happen to a hospital that does not exist, and what it may do about it: files, and the types that simulator and drills share. */
@NullMarked
package org.chevet.simulations.scenario;

import org.jspecify.annotations.NullMarked;
