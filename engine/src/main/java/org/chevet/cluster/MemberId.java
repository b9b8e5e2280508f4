package org.chevet.cluster;

/**
 * A running process of the cluster. Another start of the same machine is another member.
 *
 * @param value unique for ever
 */
public record MemberId(String value) implements Comparable<MemberId> {
    @Override
    public int compareTo(MemberId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
