package org.chevet.simulations.demo;

import org.chevet.event.Command;
import org.chevet.event.Origin;

/** Something the demo hospital's people or machines do, as the outside sees it. */
public sealed interface Deed {
    /** Which of the hospital's systems speaks. */
    enum Source {
        /** The patient administration: admissions, movements, discharges. */
        ADT,
        /** The cleaning teams' own software: bed states (A20). */
        HOUSEKEEPING
    }

    /**
     * A message goes out.
     *
     * @param subject messages about one subject arrive in the order in which they were sent
     */
    record Message(Source source, String subject, String text) implements Deed {}

    /** A person does something in Chevet itself. */
    record Act(Origin.Person actor, Command.Act act) implements Deed {}
}
