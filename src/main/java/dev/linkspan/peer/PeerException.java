package dev.linkspan.peer;

/** A peer could not be asked, or gave no answer that can be used. */
public final class PeerException extends Exception {
    /** What went wrong. */
    public enum Reason {
        REFUSED("connection refused"),
        TIMED_OUT("timed out"),
        NO_ROUTE("not reachable"),
        UNKNOWN_HOST("no such host"),
        TLS("TLS handshake failed"),
        WRONG_CERTIFICATE("another certificate was shown"),
        LOST("the connection was lost before the answer was complete"),
        NOT_THE_API("the answer is not that of a LXD or Linkspan API");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final Reason reason;
    private final boolean sent;

    PeerException(Reason reason, boolean sent, String detail) {
        super(detail == null || detail.isEmpty() ? reason.text() : reason.text() + ": " + detail, null, false, false);
        this.reason = reason;
        this.sent = sent;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the peer may have received the request, and may act on it. */
    public boolean maybeSent() {
        return sent;
    }
}
