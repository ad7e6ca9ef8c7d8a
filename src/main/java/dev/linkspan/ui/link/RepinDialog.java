package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.Caller;
import dev.linkspan.link.ContactService;
import dev.linkspan.link.PeerCertificate;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Question;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import java.util.List;

/** Shows the certificate that a link pins and the one that its peer shows now, side by side, and pins the new one. */
class RepinDialog extends Question {
    private final LinkTools tools;
    private final AskedAbout<LinkLine> about;
    private final Paragraph text = new Paragraph();
    private final PeerCertificate shown;
    private final Div problems = new Div();
    private final Checkbox compared = new Checkbox(Texts.of("link.repin.compared"));
    private final ActionButton submit =
            new ActionButton(Texts.of("link.repin.submit"), this::pin).look("primary", "error");

    RepinDialog(LinkTools tools, LinkLine line, ContactService.Compared certificates, String refusal) {
        this.tools = tools;
        about = tools.asked(List.of(line));
        this.shown = certificates.shown();
        Times times = Times.of(UI.getCurrent());
        setWidth("44rem");
        setMaxWidth("100%");
        problems.addClassName("ls-when-any");
        Div pair = new Div(
                side("link.repin.pinned", certificates.pinned(), times), side("link.repin.shown", shown, times));
        pair.addClassName("ls-compare");
        Div body = new Div(problems, about, text, pair, new Paragraph(Texts.of("link.repin.how")), compared);
        body.addClassName("ls-stack");
        add(body);
        getFooter().add(new ActionButton(Texts.of("confirm.cancel"), this::close), submit);
        compared.addValueChangeListener(change -> allow(refusal));
        allow(refusal);
        about.ask(this::ask);
    }

    private void ask(List<LinkLine> left) {
        if (left.isEmpty()) {
            onlyClose();
            return;
        }
        String name = left.getFirst().name();
        setHeaderTitle(Texts.of("link.repin.title", name));
        text.removeAll();
        text.add(new Sentence("link.repin.text", name));
    }

    private void allow(String refusal) {
        String first = compared.getValue() ? null : Texts.of("link.repin.compare-first");
        submit.refuse(refusal == null ? first : refusal);
    }

    private static Component side(String key, PeerCertificate certificate, Times times) {
        Div side = new Div(new H3(Texts.of(key)), new CertificateCard(certificate, null, times));
        side.addClassNames("ls-inset", "ls-stack", "ls-tight");
        return side;
    }

    private void pin() {
        Caller caller = tools.me().get();
        String name = about.settle().getFirst().name();
        submit.refuse(Texts.of("link.repin.running"));
        problems.removeAll();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> {
                            tools.contacts().repin(caller, name, shown.fingerprint());
                            return name;
                        },
                        done -> {
                            close();
                            Toast.done(new Sentence("link.repin.done", name));
                        },
                        problem -> {
                            problems.add(Notice.problem(Texts.of("link.repin.failed"), LinkProblems.text(problem)));
                            submit.refuse(null);
                        });
    }
}
