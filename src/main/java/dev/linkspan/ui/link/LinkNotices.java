package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.link.ContactStatus;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.List;

/** What has to be read, and done, before a link is of use again. */
final class LinkNotices {
    private LinkNotices() {}

    /**
     * The notices of a link; often none.
     *
     * @param left what happens when the link is gone
     * @param replaced what happens when another one is in its place
     */
    static List<Component> of(LinkPage page, LinkTools tools, LinkActions actions, Runnable left, Runnable replaced) {
        LinkLine line = page.line();
        if (line.link().phase() == LinkPhase.ACTIVATING) {
            return List.of(new Notice(Tone.NEUTRAL, "info", new Sentence("link.notice.activating", line.name())));
        }
        if (line.contact() == null) {
            return List.of();
        }
        if (line.contact().status() == ContactStatus.CERTIFICATE_CHANGED
                && page.certificates().shown() != null) {
            String refusal = actions.refusal(line, "can_edit");
            ActionButton compare = new ActionButton(Texts.of("link.repin"), "shield-alert", () -> new RepinDialog(
                                    tools, line, page.certificates(), refusal)
                            .open())
                    .look("small");
            return List.of(new Notice(
                    Tone.NEGATIVE,
                    "shield-alert",
                    new Paragraph(new Sentence("link.notice.certificate-changed", line.name())),
                    row(compare)));
        }
        if (line.contact().status() == ContactStatus.NOT_TRUSTED) {
            return List.of(new Notice(
                    Tone.NEGATIVE,
                    "user-round-x",
                    new Paragraph(new Sentence(
                            line.type() == LinkType.BIDIRECTIONAL
                                    ? "link.notice.not-trusted"
                                    : "link.notice.not-trusted.one-way",
                            line.name())),
                    row(buttons(line, actions, left, replaced))));
        }
        return List.of();
    }

    private static Component[] buttons(LinkLine line, LinkActions actions, Runnable left, Runnable replaced) {
        ActionButton remove = new ActionButton(
                        Texts.of("links.delete"), "trash-2", () -> actions.askToDelete(List.of(line), left))
                .look("small", "error")
                .refuse(actions.refusal(line, "can_delete"));
        if (line.type() != LinkType.BIDIRECTIONAL) {
            return new Component[] {remove};
        }
        ActionButton again = new ActionButton(
                        Texts.of("link.again"), "refresh-cw", () -> actions.askToLinkAgain(line, replaced))
                .look("small");
        String mayDelete = actions.refusal(line, "can_delete");
        if (mayDelete != null) {
            again.refuse(mayDelete);
        } else {
            actions.gate(again);
        }
        return new Component[] {again, remove};
    }

    private static Div row(Component... buttons) {
        Div row = new Div(buttons);
        row.addClassNames("ls-row", "ls-wrap", "ls-notice-actions");
        return row;
    }
}
