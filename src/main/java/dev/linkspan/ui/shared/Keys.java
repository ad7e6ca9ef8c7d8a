package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/** Lets single keys reach the fields and buttons that name them by {@code aria-keyshortcuts}. */
@Tag("linkspan-keys")
public class Keys extends Component {}
