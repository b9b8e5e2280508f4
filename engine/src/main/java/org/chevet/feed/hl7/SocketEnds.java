package org.chevet.feed.hl7;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** What a socket can do at its end and Vert.x does not offer by itself. */
final class SocketEnds {
    private SocketEnds() {}

    /** Closes now: Vert.x and the system wait until what was written is sent, which whoever reads nothing can put off for ever. */
    static void closeAtOnce(NetSocket socket) {
        ChannelHandlerContext context = ((NetSocketInternal) socket).channelHandlerContext();
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        // Of the channel it would be asked by way of Vert.x, which waits.
        context.close();
    }

    /**
     * Leaves the socket open when the other side has said its last, as {@code nc -N} does: its answer is still to come. Over TLS
     * the end of the one side is the end of both.
     */
    static void onLastByte(NetSocket socket, Runnable ended) {
        if (socket.isSsl()) {
            return;
        }
        NetSocketInternal internal = (NetSocketInternal) socket;
        internal.channelHandlerContext().channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        internal.eventHandler(event -> {
            if (event instanceof ChannelInputShutdownEvent) {
                ended.run();
            }
        });
    }
}
