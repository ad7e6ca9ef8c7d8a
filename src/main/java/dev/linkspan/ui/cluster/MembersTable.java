package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.access.Caller;
import dev.linkspan.member.ClusterMember;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Chips;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Rows;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The members of this cluster, of which each answers for itself by its heartbeat. */
class MembersTable extends Grid<ClusterMember> {
    private static final int MIDDLE = 42;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration JUST_NOW = Duration.ofSeconds(10);

    private final ClusterTools tools;
    private final Rows<ClusterMember> rows =
            new Rows<>(ClusterMember::id, Map.of("name", Comparator.comparing(member -> member.name()
                    .toLowerCase(Locale.ROOT))));
    private List<List<Object>> shown = List.of();
    private String here = "";
    private String refusal;

    MembersTable(ClusterTools tools) {
        this.tools = tools;
        addClassName("ls-two-lines");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("members.page"));
        addColumn(Cells.twoLines(ClusterMember::name, this::role))
                .setHeader(Texts.of("links.column.name"))
                .setRowHeader(true)
                .setFlexGrow(2)
                .setWidth("9rem")
                .setSortProperty("name");
        addColumn(Cells.status(MembersTable::status))
                .setHeader(Texts.of("links.column.status"))
                .setFlexGrow(1)
                .setWidth("10rem");
        Column<ClusterMember> addresses = addColumn(
                        Cells.codes(MembersTable::addresses, member -> Texts.of("links.addresses.none")))
                .setHeader(Texts.of("members.column.address"))
                .setFlexGrow(2)
                .setWidth("9rem");
        FitColumns.from(addresses, MIDDLE);
        Cells.actionsColumn(this, "4.25rem", member -> Texts.of("links.more", member.name()), this::actions);
        setItems(rows);
        tools.live().refresh(this, event -> event.action().startsWith("cluster-"), this::refresh);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        refresh();
        Registration ticking = tools.background().every(TICK, this, this::refresh);
        addDetachListener(detach -> {
            detach.unregisterListener();
            ticking.remove();
        });
    }

    private void refresh() {
        Caller me = tools.me().get();
        here = tools.cluster().info(me).serverName();
        refusal = tools.refusal();
        try {
            show(tools.cluster().members(me));
        } catch (ProblemException e) {
            show(List.of());
        }
    }

    /** Looked at each second, and drawn again only when it reads differently. */
    private void show(List<ClusterMember> members) {
        List<List<Object>> words = members.stream()
                .map(member -> List.<Object>of(
                        member.name(), role(member), status(member), addresses(member), String.valueOf(refusal)))
                .toList();
        if (!words.equals(shown)) {
            shown = words;
            rows.show(members);
        }
    }

    private String role(ClusterMember member) {
        boolean us = member.name().equals(here);
        if (us && member.leader()) {
            return Texts.of("members.here.leader");
        }
        return us ? Texts.of("members.here") : member.leader() ? Texts.of("members.leader") : "";
    }

    private static Chips addresses(ClusterMember member) {
        return Chips.of(
                member.addresses().isEmpty() && !member.address().isEmpty()
                        ? List.of(member.address())
                        : member.addresses());
    }

    private static Status status(ClusterMember member) {
        Times times = Times.of(UI.getCurrent());
        boolean now = member.silent().compareTo(JUST_NOW) < 0;
        String heartbeat = now
                ? Texts.of("members.heartbeat.now")
                : Texts.of("members.heartbeat", times.between(Instant.now().minus(member.silent())));
        return member.online()
                ? new Status("circle-check", Tone.POSITIVE, Texts.of("members.online"), heartbeat)
                : new Status("unplug", Tone.NEGATIVE, Texts.of("members.offline"), heartbeat);
    }

    private List<RowAction> actions(ClusterMember member) {
        String runs = member.online() ? Texts.of("members.remove.runs") : null;
        return List.of(RowAction.inMenu(
                "remove",
                Texts.of("members.remove.button"),
                "trash-2",
                refusal != null ? refusal : runs,
                () -> askToRemove(member)));
    }

    private void askToRemove(ClusterMember member) {
        Confirmation.destroy(
                Texts.of("members.remove.title", member.name()),
                Texts.of("members.remove.button"),
                () -> remove(member),
                new Paragraph(new Sentence("members.remove.text", member.name())));
    }

    private void remove(ClusterMember member) {
        try {
            tools.cluster().remove(tools.me().get(), member.name());
            Toast.done(new Sentence("members.removed", member.name()));
            refresh();
        } catch (ProblemException e) {
            Toast.problem(Texts.of("members.remove.failed", member.name(), e.getMessage()));
        }
    }
}
