package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Focusable;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import java.util.List;
import java.util.function.Function;

/** Changes the auth groups of several identities at once. */
class GroupsPanel extends SidePanel implements LiveIdentities {
    private final GroupChanges groups;
    private final ActionButton cancel = new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary");

    GroupsPanel(
            IdentityTools tools,
            Function<List<IdentityOverview>, String> title,
            List<IdentityOverview> identities,
            Runnable onClose) {
        super(title.apply(identities), onClose);
        addClassName("ls-panel-slim");
        groups = new GroupChanges(tools, identities, null, this::close, this::showProblem);
        groups.onFollow(now -> {
            if (!now.isEmpty()) {
                retitle(title.apply(now));
            }
        });
        addToBody(groups);
        addToFoot(groups.undo(), cancel, groups.saveButton());
    }

    @Override
    public void refresh(List<IdentityOverview> all) {
        groups.refresh(all);
    }

    @Override
    protected Focusable<?> firstField() {
        return groups.firstField().orElse(super.firstField());
    }
}
