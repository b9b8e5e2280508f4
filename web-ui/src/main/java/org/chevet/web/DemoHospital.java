package org.chevet.web;

import org.chevet.journal.Journal;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;

/** The hospital that does not exist. */
final class DemoHospital implements AutoCloseable {
    HospitalWriter open(Engine engine, Journal journal) { throw new IllegalStateException(); }
    void start(HospitalWriter writer, Feeds feeds) {}
    @Override
    public void close() {}
}
