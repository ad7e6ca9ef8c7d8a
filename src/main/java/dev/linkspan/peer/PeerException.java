package dev.linkspan.peer;

import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A peer could not be asked, or gave no answer that can be used. */
public final class PeerException extends Exception {
    /** What went wrong. */
    public enum Reason {
        REFUSED("connection refused"),
        TIMED_OUT("timed out"),
        /** It was not called: the others of its cluster took all the time. */
        NO_TIME("not asked, since the other addresses took all the time"),
        /** It was not called: this server calls others already. */
        BUSY("not asked, since too many calls to other clusters were under way"),
        NO_ROUTE("not reachable"),
        UNKNOWN_HOST("no such host"),
        TLS("TLS handshake failed"),
        WRONG_CERTIFICATE("another certificate was shown"),
        LOST("the connection was lost before the answer was complete"),
        NOT_THE_API("the answer is not that of a LXD or Linkspan API"),
        NOT_ALLOWED("this server may not call that address, by linkspan.peer.allowed-networks and .denied-networks");

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
    private final transient X509Certificate shown;

    PeerException(Reason reason, boolean sent, String detail) {
        this(reason, sent, detail, null);
    }

    PeerException(Reason reason, boolean sent, String detail, X509Certificate shown) {
        super(detail == null || detail.isEmpty() ? reason.text() : reason.text() + ": " + detail, null, false, false);
        this.reason = reason;
        this.sent = sent;
        this.shown = shown;
    }

    public Reason reason() {
        return reason;
    }

    /** The other certificate that was shown; empty unless it was a wrong one. */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(shown);
    }

    /** Fingerprint of the other certificate that was shown; else empty. */
    public String shown() {
        return shown == null ? "" : Certificates.fingerprint(shown);
    }

    /** Whether the peer may have received the request, and may act on it. */
    public boolean maybeSent() {
        return sent;
    }
}
