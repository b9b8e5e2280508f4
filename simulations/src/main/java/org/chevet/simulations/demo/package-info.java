/** A hospital that does not exist, at work: it fills Chevet through the same doors as a real one. */
@NullMarked
package org.chevet.simulations.demo;

import org.jspecify.annotations.NullMarked;
