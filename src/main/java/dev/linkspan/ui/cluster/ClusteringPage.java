package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.member.EnableCluster;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;

/** Enables or disables clustering, and says what that means. */
class ClusteringPage extends Div {
    private static final int BAD_REQUEST = 400;
    private final ClusterTools tools;
    private final Div content = new Div();
    private final Div problem = new Div();
    private final TextField name = new TextField(Texts.of("clustering.name"));
    private final ActionButton enable = new ActionButton(Texts.of("clustering.enable"), this::enable).look("primary");
    private final ActionButton disable =
            new ActionButton(Texts.of("clustering.disable"), this::askToDisable).look("error");

    ClusteringPage(ClusterTools tools) {
        this.tools = tools;
        addClassName("ls-scroll");
        content.addClassNames("ls-stack", "ls-sheet");
        problem.addClassName("ls-when-any");
        add(content);
        ServerInfo us = tools.server().info(tools.me().get());
        if (us.clustered()) {
            showClustered();
        } else {
            showAlone(us);
        }
        followRights();
        tools.live().refresh(this, Live::trust, this::followRights);
    }

    private void followRights() {
        String refusal = tools.refusal();
        name.setReadOnly(refusal != null);
        enable.refuse(refusal);
        disable.refuse(refusal);
    }

    private void showAlone(ServerInfo us) {
        name.setValue(us.name());
        name.setHelperText(Texts.of("clustering.name.help"));
        name.addValueChangeListener(change -> name.setInvalid(false));
        Shortcuts.addShortcutListener(name, this::enable, Key.ENTER)
                .listenOn(name)
                .resetFocusOnActiveElement();
        Div buttons = new Div(enable);
        UnorderedList means = new UnorderedList(
                new ListItem(new Sentence("clustering.means.members")),
                new ListItem(new Sentence("clustering.means.certificate")),
                new ListItem(new Sentence("clustering.means.links")),
                new ListItem(new Sentence("clustering.means.back")));
        means.addClassName("ls-may");
        content.add(
                problem,
                new H2(Texts.of("clustering.alone")),
                new Paragraph(Texts.of("clustering.text")),
                means,
                name,
                buttons);
    }

    private void showClustered() {
        String command = Texts.of("clustering.join.command");
        Div buttons = new Div(disable);
        content.add(
                problem,
                new H2(Texts.of("clustering.join")),
                new Paragraph(new Sentence("clustering.join.text")),
                new CopyField(Texts.of("copy.command")).command(command),
                new H2(Texts.of("clustering.end")),
                new Paragraph(Texts.of("clustering.end.text")),
                buttons);
    }

    private void enable() {
        problem.removeAll();
        try {
            change(new EnableCluster(name.getValue().strip(), true));
        } catch (ProblemException e) {
            if (e.status() == BAD_REQUEST) {
                name.setErrorMessage(
                        name.getValue().isBlank()
                                ? Texts.of("clustering.name.required")
                                : e.getMessage().replace(Texts.of("clustering.name.api"), name.getLabel()));
                name.setInvalid(true);
            } else {
                failed("clustering.enable.failed", e);
            }
            name.focus();
        }
    }

    private void askToDisable() {
        Confirmation.destroy(
                Texts.of("clustering.disable.title"),
                Texts.of("clustering.disable"),
                this::disable,
                new Paragraph(Texts.of("clustering.disable.text")));
    }

    private void disable() {
        problem.removeAll();
        try {
            change(new EnableCluster("", false));
        } catch (ProblemException e) {
            failed("clustering.disable.failed", e);
        }
    }

    /** Sidebar, status bar and pages are others afterwards. */
    private void change(EnableCluster command) {
        tools.cluster().change(tools.me().get(), command);
        Toast.doneBefore(
                command.enabled()
                        ? Texts.of("clustering.enabled", command.serverName())
                        : Texts.of("clustering.disabled"));
        UI.getCurrent().getPage().setLocation(command.enabled() ? MembersView.PATH : ".");
    }

    private void failed(String title, ProblemException e) {
        problem.add(Notice.problem(Texts.of(title), e.getMessage()));
    }
}
