package org.chevet.journal;

/** An event with the checksum it is kept under. */
record EventRow(StoredEvent event, int checksum) {
    EventRow(StoredEvent event) {
        this(event, event.checksum());
    }
}
