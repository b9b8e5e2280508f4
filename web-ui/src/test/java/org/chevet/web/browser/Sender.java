package org.chevet.web.browser;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.Terser;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The hospital's patient administration system, played by HAPI's own client. */
final class Sender implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Its own: a context that is closed stops the one that all others share, and with it whoever waits for an answer. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HapiContext context = new DefaultHapiContext();
    private final Connection connection;

    Sender(int port) throws HL7Exception {
        context.setExecutorService(threads);
        connection = context.newClient("127.0.0.1", port, false);
        connection.getInitiator().setTimeout(Chromium.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Admits somebody.
     *
     * @param name family name and given name as PID-5 has them
     * @param place unit, room and bed as PV1-3 has them
     * @return the acknowledgement code
     */
    String admit(String stay, String name, String place) throws HL7Exception, LLPException, IOException {
        return come("A01", "I", stay, name, place);
    }

    /** Somebody comes to the emergency department, at a unit. @return the acknowledgement code */
    String comeToEmergency(String stay, String name, String unit) throws HL7Exception, LLPException, IOException {
        return come("A04", "E", stay, name, unit);
    }

    private String come(String event, String patientClass, String stay, String name, String place)
            throws HL7Exception, LLPException, IOException {
        String now = LocalDateTime.now(ZoneId.of("Europe/Paris")).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
        Message message = context.getPipeParser()
                .parse(String.join(
                        "\r",
                        "MSH|^~\\&|PAS|CHU|CHEVET|CHU|" + now + "||ADT^" + event + "^ADT_A01|B"
                                + NUMBER.incrementAndGet() + "|P|2.5|||||FRA|UNICODE UTF-8",
                        "EVN||" + now + "||||" + now,
                        "PID|1||80" + stay + "^^^CHU^PI||" + name + "||19550302|F",
                        "PV1|1|" + patientClass + "|" + place + "||||||||||||||||" + stay,
                        ""));
        return new Terser(connection.getInitiator().sendAndReceive(message)).get("MSA-1");
    }

    /** Says (A20) that a bed is to be cleaned. @return the acknowledgement code */
    String toClean(String place) throws HL7Exception, LLPException, IOException {
        String now = LocalDateTime.now(ZoneId.of("Europe/Paris")).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
        Message message = context.getPipeParser()
                .parse(String.join(
                        "\r",
                        "MSH|^~\\&|CLEAN|CHU|CHEVET|CHU|" + now + "||ADT^A20^ADT_A20|C" + NUMBER.incrementAndGet()
                                + "|P|2.5|||||FRA|UNICODE UTF-8",
                        "EVN||" + now,
                        "NPU|" + place + "|H",
                        ""));
        return new Terser(connection.getInitiator().sendAndReceive(message)).get("MSA-1");
    }

    @Override
    public void close() throws IOException {
        connection.close();
        context.close();
        threads.shutdownNow();
    }
}
