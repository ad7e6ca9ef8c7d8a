package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.link.LinkState;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.StatusLine;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The addresses of a peer, each with what it answered and why it didn't. */
class LinkAddresses extends PageSection {
    private static final int MOST_SHOWN = 200;

    LinkAddresses(Component... actions) {
        super(Texts.of("link.addresses"), actions);
    }

    /** What is known before anybody has answered. */
    void showAsking(List<String> addresses) {
        beside(Texts.of("link.addresses.asking"));
        show(table(addresses.stream()
                .limit(MOST_SHOWN)
                .map(address -> row(
                        address,
                        new Status(
                                "refresh-cw",
                                Tone.NEUTRAL,
                                Texts.of("link.status.checking"),
                                Texts.of("link.address.asking")),
                        null,
                        ""))
                .toList()));
    }

    /** What they answered at that time. */
    void show(LinkType type, LinkState state, Instant at, Times times) {
        List<LinkState.Address> all = state.addresses();
        long refused = all.stream()
                .filter(address ->
                        status(type, address).tone() == Tone.NEGATIVE && address.cause() == LinkState.Cause.NOT_TRUSTED)
                .count();
        long answering = good(type, state) + refused;
        beside(
                all.size() == 1
                        ? Texts.of("link.addresses.answer.one", answering, refused)
                        : Texts.of("link.addresses.answer", answering, all.size(), refused));
        Component table = table(all.stream()
                .limit(MOST_SHOWN)
                .map(address -> row(address.address(), status(type, address), address.took(), times.ago(at)))
                .toList());
        if (all.size() <= MOST_SHOWN) {
            show(table);
        } else {
            Paragraph more = new Paragraph(Texts.of("membership.more", all.size() - MOST_SHOWN));
            more.addClassName("ls-muted");
            show(table, more);
        }
    }

    /** How many addresses answer as they should. */
    static int good(LinkType type, LinkState state) {
        return (int) state.addresses().stream()
                .filter(address -> status(type, address).tone() != Tone.NEGATIVE)
                .count();
    }

    private static Status status(LinkType type, LinkState.Address address) {
        return switch (address.cause()) {
            case NONE ->
                new Status(
                        "circle-check",
                        Tone.POSITIVE,
                        Texts.of("link.address.answers"),
                        address.serverName().isEmpty()
                                ? Texts.of("link.address.trusted")
                                : Texts.of("link.address.trusted-by", address.serverName()));
            case NOT_TRUSTED ->
                type == LinkType.PUBLIC
                        ? new Status(
                                "globe",
                                Tone.NEUTRAL,
                                Texts.of("link.address.answers"),
                                Texts.of("link.address.public"))
                        : new Status(
                                "user-round-x",
                                Tone.NEGATIVE,
                                Texts.of("link.status.not-trusted"),
                                Texts.of("link.address.not-trusted"));
            case WRONG_CERTIFICATE ->
                new Status(
                        "shield-alert",
                        Tone.NEGATIVE,
                        Texts.of("link.address.wrong_certificate"),
                        Texts.of("link.address.shows", Fingerprints.brief(address.shown())));
            default ->
                new Status(
                        "unplug",
                        Tone.NEGATIVE,
                        Texts.of("link.address." + address.cause().wireName()),
                        Texts.of("link.address." + address.cause().wireName() + ".why", address.reason()));
        };
    }

    private static NativeTable table(List<NativeTableRow> rows) {
        NativeTableHeader head = new NativeTableHeader();
        NativeTableRow titles = head.addRow();
        titles.add(
                title("link.address.column.address", "ls-address-column"),
                title("link.address.column.result", ""),
                title("link.address.column.took", "ls-took-column"),
                title("link.address.column.checked", "ls-checked-column"));
        NativeTableBody body = new NativeTableBody();
        rows.forEach(body::add);
        NativeTable table = new NativeTable(head, body);
        table.addClassNames("ls-table", "ls-addresses");
        table.getElement().setAttribute("aria-label", Texts.of("link.addresses"));
        return table;
    }

    private static NativeTableHeaderCell title(String key, String column) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(Texts.of(key));
        cell.getElement().setAttribute("scope", "col");
        if (!column.isEmpty()) {
            cell.addClassName(column);
        }
        return cell;
    }

    private static NativeTableRow row(String address, Status status, Duration took, String checked) {
        Code code = new Code(address);
        code.addClassName("ls-line");
        code.setTitle(address);
        NativeTableHeaderCell first = new NativeTableHeaderCell(code);
        first.getElement().setAttribute("scope", "row");
        NativeTableCell time = new NativeTableCell(
                took == null ? Texts.of("links.none-by-nature") : Texts.of("link.address.took", took.toMillis()));
        time.addClassNames("ls-took-column", "ls-number");
        NativeTableCell when = new NativeTableCell(checked);
        when.addClassNames("ls-checked-column", "ls-number", "ls-muted");
        return new NativeTableRow(first, new NativeTableCell(new StatusLine(status)), time, when);
    }
}
