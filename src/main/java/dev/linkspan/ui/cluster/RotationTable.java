package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.grid.Grid;
import dev.linkspan.link.RotationLink;
import dev.linkspan.link.RotationResult;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.Comparator;
import java.util.List;

/** What becomes of each link when the certificate changes; those that would break first. */
class RotationTable extends Grid<RotationLink> {
    /** So many are as high as their texts make them and scroll with the page; more scroll by themselves. */
    private static final int MOST_AT_ONCE = 30;

    /**
     * A table of these links.
     *
     * @param after whether the next certificate is in force already
     */
    RotationTable(List<RotationLink> links, boolean after) {
        addClassNames("ls-two-lines", "ls-short-list", "ls-results");
        setAllRowsVisible(links.size() <= MOST_AT_ONCE);
        setSelectionMode(SelectionMode.NONE);
        getElement().setProperty("accessibleName", Texts.of("rotation.table"));
        getStyle().set("--rows", String.valueOf(links.size()));
        addColumn(Cells.twoLines(RotationLink::name, RotationTable::type))
                .setHeader(Texts.of("links.column.name"))
                .setRowHeader(true)
                .setFlexGrow(1)
                .setWidth("8rem");
        addColumn(Cells.status(link -> status(link, after)))
                .setHeader(Texts.of("rotation.column.result"))
                .setFlexGrow(3)
                .setWidth("10rem");
        setItems(links.stream()
                .sorted(Comparator.comparing(
                                (RotationLink link) -> !link.result().breaks())
                        .thenComparing(RotationLink::name))
                .toList());
    }

    private static String type(RotationLink link) {
        return link.incoming()
                ? Texts.of("rotation.incoming")
                : Texts.of("link.type." + link.type().wireName());
    }

    private static Status status(RotationLink link, boolean after) {
        RotationResult result = link.result();
        String word = Texts.of("rotation.result." + result.wireName());
        if (after && result == RotationResult.ACCEPTS) {
            return link.detail().isEmpty()
                    ? new Status(
                            "circle-check",
                            Tone.POSITIVE,
                            Texts.of("rotation.works"),
                            Texts.of("rotation.works.detail"))
                    : new Status("circle-check", Tone.POSITIVE, Texts.of("rotation.result.told"), link.detail());
        }
        String detail = link.detail().isEmpty() ? Texts.of("rotation.detail." + result.wireName()) : link.detail();
        return switch (result) {
            case ACCEPTS, TOLD -> new Status("circle-check", Tone.POSITIVE, word, detail);
            case NOT_CONCERNED -> new Status("globe", Tone.NEUTRAL, word, detail);
            case REMOVED -> new Status("user-round-x", Tone.NEUTRAL, word, detail);
            case WAITING, TO_BE_TOLD, NOT_READ -> new Status("clock-alert", Tone.CAUTION, word, detail);
            case UNREACHABLE, REFUSED -> new Status("unplug", Tone.NEGATIVE, word, detail);
        };
    }
}
