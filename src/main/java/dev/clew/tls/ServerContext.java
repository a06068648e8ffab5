package dev.clew.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/** A TLS context that is released by its owner. Handlers that it has made outlive it. */
final class ServerContext {

    private final SslContext context;
    private final SslContext stapled;
    private final SessionTickets tickets;

    private ServerContext(SslContext context, SslContext stapled, SessionTickets tickets) {
        this.context = context;
        this.stapled = stapled;
        this.tickets = tickets;
    }

    static ServerContext of(SslContext context, Staple staple, SessionTickets tickets, byte[] owner) {
        tickets.add(context, owner);
        return new ServerContext(context, staple.on(context), tickets);
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        return stapled.newHandler(allocator);
    }

    /** Releases what a library outside of the heap holds. No handler may be made afterwards. */
    void release() {
        tickets.remove(context);
        ReferenceCountUtil.release(context);
    }
}
