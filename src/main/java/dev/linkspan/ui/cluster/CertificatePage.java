package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.member.CertificateSummary;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;

/** The certificate in force, and the change to the next one. */
class CertificatePage extends Div {
    private final ClusterTools tools;
    private final Div inForce = new Div();

    CertificatePage(ClusterTools tools) {
        this.tools = tools;
        addClassName("ls-scroll");
        inForce.addClassName("ls-stack");
        Div content = new Div(inForce, new RotationSteps(tools));
        content.addClassNames("ls-stack", "ls-loose", "ls-sheet");
        add(content);
        showInForce();
        tools.live().refresh(this, event -> event.action().startsWith("cluster-certificate-"), this::showInForce);
    }

    private void showInForce() {
        CertificateSummary ours = tools.server().certificate(tools.me().get());
        Times times = Times.of(UI.getCurrent());
        Facts facts = new Facts()
                .withFingerprint("certificate.fingerprint", ours.fingerprint())
                .with(
                        "certificate.valid",
                        Texts.of("certificate.valid.range", times.date(ours.from()), times.date(ours.until())))
                .with("certificate.subject", ours.subject())
                .withCodes("certificate.names", ours.names(), Texts.of("links.addresses.none"))
                .with("certificate.key", ours.key());
        inForce.removeAll();
        inForce.add(new Card(
                Texts.of("certificate.ours"),
                facts,
                new Div(new CopyField(Texts.of("copy.fingerprint"))
                        .fingerprint()
                        .value(Fingerprints.full(ours.fingerprint()), ours.fingerprint()))));
    }
}
