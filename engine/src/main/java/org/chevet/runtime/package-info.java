/** Puts the live state, the journal and time together: one {@link org.chevet.runtime.HospitalWriter} per hospital. */
@NullMarked
package org.chevet.runtime;

import org.jspecify.annotations.NullMarked;
