/** Who is there, who writes which hospital, and how members speak with each other. Nothing that is true rests on it. */
@NullMarked
package org.chevet.cluster;

import org.jspecify.annotations.NullMarked;
