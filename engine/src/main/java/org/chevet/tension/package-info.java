/** How near a hospital is to having no bed for who needs one. Read from views; pure. */
@NullMarked
package org.chevet.tension;

import org.jspecify.annotations.NullMarked;
