package org.chevet.web;

/** Starts Chevet. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.out.println("Chevet " + String.join(" ", args));
    }
}
