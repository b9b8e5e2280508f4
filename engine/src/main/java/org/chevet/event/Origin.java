package org.chevet.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.chevet.hospital.HospitalId;

/** Who or what a command comes from. Journaled with every event. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Origin.Person.class, name = "person"),
    @JsonSubTypes.Type(value = Origin.Feed.class, name = "feed"),
    @JsonSubTypes.Type(value = Origin.OtherHospital.class, name = "hospital"),
    @JsonSubTypes.Type(value = Origin.Engine.class, name = "engine")
})
public sealed interface Origin {
    /** Somebody at a screen, or a program acting in their name. */
    record Person(String name, Role role) implements Origin {
        public static final int NAME_CHARS_MAX = 120;

        public Person {
            if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
                throw new IllegalArgumentException("the name of who acts has " + name.length() + " characters, 1 to "
                        + NAME_CHARS_MAX + " wanted");
            }
        }
    }

    /**
     * An outside system that states facts.
     *
     * @param name the feed's name in Chevet's configuration
     * @param messageId the message's own number (MSH-10)
     */
    record Feed(String name, String messageId) implements Origin {}

    /** Another hospital of the group, whose own journal has it. */
    record OtherHospital(HospitalId hospital) implements Origin {}

    /** Chevet itself: a deadline passed, the hospital's file changed. */
    record Engine() implements Origin {}
}
