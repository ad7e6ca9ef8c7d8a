package dev.linkspan.ui.link;

import dev.linkspan.link.LinkType;

/**
 * The line between this cluster and a peer on the map. It stretches, its arrows don't: what belongs to an end is drawn
 * in a picture of its own there.
 */
final class MapWay {
    private static final String LINE = """
            <line x1="0" y1="6" x2="100%%" y2="6"%s/>""";
    private static final String DASHES = " stroke-dasharray=\"6 5\"";
    static final String DOTS = " stroke-dasharray=\"1.5 5\" stroke-linecap=\"round\"";
    private static final String GAP = """
            <line x1="0" y1="6" x2="%1$s%%" y2="6"/><line x1="%2$s%%" y1="6" x2="100%%" y2="6"/>\
            <svg x="%1$s%%" overflow="visible"><path d="M0 1v10"/></svg>\
            <svg x="%2$s%%" overflow="visible"><path d="M0 1v10"/></svg>""";
    private static final String TO_LEFT = """
            <path d="m8 1-6 5 6 5"/>""";
    private static final String TO_RIGHT = """
            <svg x="100%" overflow="visible"><path d="m-8 1 6 5-6 5"/></svg>""";

    /** Bidirectional: each may call the other one. */
    static final String BOTH = svg(LINE.formatted("") + TO_LEFT + TO_RIGHT);

    /** The left one may call the right one. */
    static final String ONE = svg(LINE.formatted("") + TO_RIGHT);

    /** The left one reads what the right one shows to everybody. */
    static final String PUBLIC = svg(LINE.formatted(DASHES) + TO_RIGHT);

    /** Nobody may call anybody yet. */
    static final String WAITING = svg(LINE.formatted(DOTS));

    /** The sign of an interrupted line alone. */
    static final String INTERRUPTED = svg(GAP.formatted(33, 67));

    private static final String BROKEN = GAP.formatted(72, 78);

    private MapWay() {}

    /** The line from this cluster, left, to the peer of a link, right. */
    static String of(LinkLine line, boolean interrupted) {
        if (!line.active()) {
            return WAITING;
        }
        if (interrupted) {
            return svg(BROKEN + (line.type() == LinkType.BIDIRECTIONAL ? TO_LEFT : "") + TO_RIGHT);
        }
        return switch (line.type()) {
            case BIDIRECTIONAL -> BOTH;
            case UNIDIRECTIONAL -> ONE;
            case PUBLIC -> PUBLIC;
        };
    }

    private static String svg(String drawing) {
        return "<svg class=\"ls-map-way\" aria-hidden=\"true\">" + drawing + "</svg>";
    }
}
