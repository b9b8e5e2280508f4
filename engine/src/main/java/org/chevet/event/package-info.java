/** What is asked ({@link org.chevet.event.Command}) and what happened ({@link org.chevet.event.BedEvent}). Records only. */
@NullMarked
package org.chevet.event;

import org.jspecify.annotations.NullMarked;
