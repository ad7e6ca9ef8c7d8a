package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.problem.ProblemException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/** What consuming a trust token is for: links on which the peer may call us too, and links on which only we call it. */
interface Direction {
    LinkType type();

    /** The API extension that the peer must announce. */
    String extension();

    /** How the error begins that says that a link could not be made. */
    String failed();

    /** Why there can be no link to a peer that trusts our certificate already. */
    ProblemException trustedAlready(String name, String fingerprint, String address);

    /** Stores the activating link with the peer's certificate, which isn't trusted yet. */
    LinkRow reserve(Caller caller, CreateLinkFromToken command, X509Certificate certificate, List<String> proved);

    /** The path that the activation is posted to. */
    String path();

    /** The activation. */
    Map<String, Object> activation(TrustToken token);

    /** The link was accepted: trusts the peer as far as the link goes. */
    void trust(Caller caller, LinkRow link, String fingerprint);

    /** The link was refused and is gone: gives the peer's certificate up. */
    void discard(LinkRow link);
}
