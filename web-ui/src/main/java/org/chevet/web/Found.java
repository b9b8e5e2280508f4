package org.chevet.web;

/**
 * What was found of a hospital, and the same as the contract has it, made where it was found: not on an event loop.
 *
 * @param <T> of figures
 */
record Found<T>(T figures, String json) {}
