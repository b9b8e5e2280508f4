package org.chevet.web;

import java.net.URI;
import java.net.URISyntaxException;

/** What browsers call the site that a page is of (RFC 6454): {@code https://lits.hopital.fr}, with a port where it is not the usual one. */
final class Origins {
    private Origins() {}

    static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
