package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
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
                .with(
                        "certificate.valid",
                        Texts.of("certificate.valid.range", times.date(ours.from()), times.date(ours.until())))
                .with("certificate.subject", ours.subject())
                .withCodes("certificate.names", ours.names(), Texts.of("links.addresses.none"))
                .with("certificate.key", ours.key());
        inForce.removeAll();
        inForce.add(new Card(Texts.of("certificate.ours"), fingerprint(ours.fingerprint()), facts));
    }

    private static Div fingerprint(String fingerprint) {
        Span label = new Span(Texts.of("certificate.fingerprint"));
        label.addClassName("ls-label");
        Div field = new Div(
                label,
                new CopyField(Texts.of("copy.fingerprint"))
                        .fingerprint()
                        .value(Fingerprints.full(fingerprint), fingerprint));
        field.addClassName("ls-field");
        return field;
    }
}
