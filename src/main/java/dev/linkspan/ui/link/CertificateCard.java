package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.link.PeerCertificate;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;

/** What a certificate of a peer says, its fingerprint first. */
class CertificateCard extends Div {
    /**
     * A card.
     *
     * @param pinned when it was pinned and how; null when that isn't known
     */
    CertificateCard(PeerCertificate certificate, String pinned, Times times) {
        Paragraph fingerprint = new Paragraph(Fingerprints.full(certificate.fingerprint()));
        fingerprint.addClassName("ls-fingerprint");
        addClassNames("ls-stack", "ls-tight");
        Facts facts = new Facts()
                .with(
                        "link.certificate.valid",
                        Texts.of(
                                "link.certificate.from-to",
                                times.date(certificate.validFrom()),
                                times.date(certificate.validTo())))
                .with("link.certificate.key", certificate.key())
                .with("link.certificate.subject", certificate.subject());
        if (pinned != null) {
            facts.with("link.certificate.since", pinned);
        }
        add(fingerprint, facts);
    }
}
