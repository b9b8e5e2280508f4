/** What a hospital is: its services, rooms and beds, and what a patient needs of them. Records only, no behaviour that needs time. */
@NullMarked
package org.chevet.hospital;

import org.jspecify.annotations.NullMarked;
