package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.grid.Grid;

/**
 * Hides columns of the grid beside it that have no room. The page's width counts, so that an open panel has the same
 * effect as a small screen.
 */
@Tag("linkspan-fit-columns")
public class FitColumns extends Component {
    /** The width from which there is room to pick rows by boxes. */
    static final int SELECTION = 31;

    private static final String ATTRIBUTE = "data-from";
    private static final String SLIM = "data-slim";
    private static final String ALONE = "data-alone";

    /** Gives a column another width on small screens. */
    static void slim(Grid.Column<?> column, String width) {
        column.getElement().setAttribute(SLIM, width);
    }

    /** Hides a column while a panel is open beside the page. */
    static void alone(Grid.Column<?> column) {
        column.getElement().setAttribute(ALONE, "");
    }

    /** Shows that column from so many rem of the page's width. */
    public static void from(Grid.Column<?> column, int rem) {
        column.getElement().setAttribute(ATTRIBUTE, String.valueOf(rem));
    }
}
