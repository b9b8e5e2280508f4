package org.chevet.feed.hl7;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * What one message is answered.
 *
 * @param acknowledgements none, one, or an accept and an application acknowledgement
 * @param charset the message's own
 */
record Reply(List<String> acknowledgements, Charset charset) {
    Reply {
        acknowledgements = List.copyOf(acknowledgements);
    }

    List<byte[]> encoded() {
        List<byte[]> encoded = new ArrayList<>();
        for (String acknowledgement : acknowledgements) {
            encoded.add(acknowledgement.getBytes(charset));
        }
        return encoded;
    }
}
