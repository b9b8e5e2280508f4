/** The outside world turned into facts. */
@NullMarked
package org.chevet.feed;

import org.jspecify.annotations.NullMarked;
