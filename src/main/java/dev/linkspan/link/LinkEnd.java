package dev.linkspan.link;

/**
 * What became of the peer's side when a link was deleted here.
 *
 * @param detail the peer's text when it refused, or why it could not be reached; else empty
 * @param remains what is left at the peer
 */
public record LinkEnd(Peer peer, String detail, Remains remains) {
    /** How it went with the peer. */
    public enum Peer {
        /** It removed its side. */
        TOLD,
        /** It had removed its side before. */
        GONE,
        /** It keeps its side. */
        REFUSED,
        /** It keeps its side, as far as we know. */
        UNREACHABLE,
        /** It has no side: nobody used the token yet, or the link was a public one. */
        NONE
    }

    /** What is left at the peer, to be deleted there. */
    public enum Remains {
        NOTHING,
        /** Its link with our identity. */
        LINK,
        /** Our identity. */
        IDENTITY
    }

    static LinkEnd of(Peer peer, String detail) {
        return new LinkEnd(peer, detail, Remains.NOTHING);
    }

    /** The same, with what is left of a link of this type. */
    LinkEnd leaving(LinkType type) {
        if (peer != Peer.REFUSED && peer != Peer.UNREACHABLE) {
            return this;
        }
        return new LinkEnd(peer, detail, type == LinkType.BIDIRECTIONAL ? Remains.LINK : Remains.IDENTITY);
    }
}
