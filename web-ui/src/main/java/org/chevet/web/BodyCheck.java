package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks at a body before it is parsed: parsers are made of recursion, and guess encodings. */
final class BodyCheck implements Handler<RoutingContext> {
    private final int depthMax;

    BodyCheck(int depthMax) {
        this.depthMax = depthMax;
    }

    @Override
    public void handle(RoutingContext request) {
        Buffer body = request.body().buffer();
        if (body == null) {
            request.next();
            return;
        }
        byte[] bytes = body.getBytes();
        if (!isUtf8(bytes)) {
            invalid(request, "is not UTF-8 text");
        } else if (depth(bytes) > depthMax) {
            invalid(request, "has more than " + depthMax + " objects and lists in one another");
        } else {
            request.next();
        }
    }

    /** The deepest nesting of what looks like JSON; whether it is JSON, others say. */
    static int depth(byte[] json) {
        int depth = 0;
        int deepest = 0;
        boolean inText = false;
        for (int i = 0; i < json.length; i++) {
            byte at = json[i];
            if (inText) {
                if (at == '\\') {
                    i++;
                } else if (at == '"') {
                    inText = false;
                }
            } else if (at == '"') {
                inText = true;
            } else if (at == '{' || at == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (at == '}' || at == ']') {
                depth--;
            }
        }
        return deepest;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            // A zero stands in no JSON, but between the letters of UTF-16 and UTF-32.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .noneMatch(letter -> letter == 0);
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static void invalid(RoutingContext request, String message) {
        HttpProblem.invalid(List.of(new HttpProblem.FieldError("", message))).send(request);
    }
}
