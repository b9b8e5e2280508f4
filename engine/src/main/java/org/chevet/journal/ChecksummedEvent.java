package org.chevet.journal;

/** An event with the checksum it is kept under. */
record ChecksummedEvent(StoredEvent event, int checksum) {
    ChecksummedEvent(StoredEvent event) {
        this(event, event.checksum());
    }
}
