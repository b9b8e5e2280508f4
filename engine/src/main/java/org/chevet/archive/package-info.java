/** Journals as something to keep: verified, exported and imported, backed up and restored. */
@NullMarked
package org.chevet.archive;

import org.jspecify.annotations.NullMarked;
