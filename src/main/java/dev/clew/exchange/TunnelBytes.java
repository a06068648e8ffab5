package dev.clew.exchange;

/** The byte counts of a connection since its protocol upgrade. */
public final class TunnelBytes {

    private long fromClient;
    private long toClient;

    public void countFromClient(int bytes) {
        fromClient += bytes;
    }

    public void countToClient(int bytes) {
        toClient += bytes;
    }

    public long fromClient() {
        return fromClient;
    }

    public long toClient() {
        return toClient;
    }
}
