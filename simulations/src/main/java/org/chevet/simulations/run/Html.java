package org.chevet.simulations.run;

/** Text that goes into a page, in both languages: a button shows the one or the other. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String both(String french, String english) {
        return "<span lang=\"fr\">" + escape(french) + "</span><span lang=\"en\">" + escape(english) + "</span>";
    }
}
