/**
 * HL7 v2 ADT messages over MLLP, the feed that every hospital has: {@link org.chevet.feed.hl7.MllpServer} cuts the frames,
 * {@link org.chevet.feed.hl7.AdtFeed} decodes, reads, translates into facts and acknowledges once they are durable.
 */
@NullMarked
package org.chevet.feed.hl7;

import org.jspecify.annotations.NullMarked;
