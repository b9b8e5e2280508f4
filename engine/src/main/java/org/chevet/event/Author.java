package org.chevet.event;

/** Which person did something that is kept and shown with what they did. */
public record Author(String name, Role role) {
    public static Author of(Origin.Person person) {
        return new Author(person.name(), person.role());
    }
}
