package org.chevet.cluster;

/** The cluster cannot be joined. The message says why and what to do. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClusterException(String detail, String advice, Throwable cause) {
        super(detail + ". " + advice, cause);
    }
}
