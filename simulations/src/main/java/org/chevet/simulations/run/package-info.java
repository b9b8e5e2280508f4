/** Scenarios run many times, compared and swept; what came of it as tables, files and a report. */
@NullMarked
package org.chevet.simulations.run;

import org.jspecify.annotations.NullMarked;
