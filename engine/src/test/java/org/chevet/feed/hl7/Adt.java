package org.chevet.feed.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes messages for tests. */
final class Adt {
    private final String trigger;
    private String controlId = "M1";
    private String stated = "20240306111154";
    private String evn3 = "";
    private String evn6 = "";
    private String patient = "000003^^^CHU^PI||DURAND^Anne||19500328|F";
    private String death = "";
    private final String[] pv1 = new String[46];
    private final String[] pv2 = new String[11];
    private final List<String> more = new ArrayList<>();
    private boolean visit = true;

    private Adt(String trigger) {
        this.trigger = trigger;
        java.util.Arrays.fill(pv1, "");
        java.util.Arrays.fill(pv2, "");
        pv1[2] = "I";
        pv1[19] = "V1^^^CHU^VN";
    }

    static Adt of(String trigger) {
        return new Adt(trigger);
    }

    Adt numbered(String id) {
        controlId = id;
        return this;
    }

    Adt stated(String time) {
        stated = time;
        return this;
    }

    Adt planned(String time) {
        evn3 = time;
        return this;
    }

    Adt occurred(String time) {
        evn6 = time;
        return this;
    }

    Adt patient(String text) {
        patient = text;
        return this;
    }

    Adt dead() {
        death = "|".repeat(22) + "Y";
        return this;
    }

    Adt at(String place) {
        return pv1(3, place);
    }

    Adt pv1(int field, String value) {
        pv1[field] = value;
        return this;
    }

    Adt pv2(int field, String value) {
        pv2[field] = value;
        return this;
    }

    Adt withoutVisit() {
        visit = false;
        return this;
    }

    Adt zbe(String id, String time, String action, String original, String unit) {
        return segment("ZBE|" + id + "|" + time + "||" + action + "|N|" + original + "||" + unit + "|HMS");
    }

    Adt segment(String text) {
        more.add(text);
        return this;
    }

    String text() {
        List<String> segments = new ArrayList<>();
        segments.add("MSH|^~\\&|PAS|CHU|CHEVET|CHU|" + stated + "||ADT^" + trigger + "^ADT_" + trigger + "|" + controlId
                + "|P|2.5|||||FRA|UNICODE UTF-8");
        segments.add("EVN||" + stated + "|" + evn3 + "|||" + evn6);
        segments.add("PID|1||" + patient + death);
        if (visit) {
            segments.add("PV1" + String.join("|", pv1));
            segments.add("PV2" + String.join("|", pv2));
        }
        segments.addAll(more);
        return String.join("\r", segments) + "\r";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
