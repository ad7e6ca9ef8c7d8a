package dev.linkspan.ui.group;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.EffectiveAccess.Holder;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says who loses what by the permissions that are taken away, and who keeps it by another group. */
class LossNotice extends Div {
    private static final int MOST = 3;

    /**
     * What becomes of one permission.
     *
     * @param keepers members that have it by other groups
     * @param pending members that can't use it yet
     */
    private record Loss(
            Permission permission, int members, int losers, int keepers, int pending, List<String> otherGroups) {}

    private final GroupTools tools;
    private final GroupDraft draft;
    private List<Permission> shown = List.of();
    private String group = "";

    LossNotice(GroupTools tools, GroupDraft draft) {
        this.tools = tools;
        this.draft = draft;
        addClassNames("ls-stack", "ls-tight", "ls-said");
        getElement().setAttribute("role", "status");
        draft.onChange(this::show);
    }

    /** The group that the permissions are taken from. */
    LossNotice of(String name) {
        group = name;
        return this;
    }

    private void show() {
        List<Permission> removed =
                draft.permissions().removed().stream().limit(MOST).toList();
        if (removed.equals(shown) || draft.members().before().isEmpty()) {
            return;
        }
        shown = removed;
        if (removed.isEmpty()) {
            showLosses(List.of());
            return;
        }
        Caller me = tools.me().get();
        int pending =
                (int) draft.members().before().stream().filter(Member::pending).count();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> losses(me, removed, pending),
                        this::showLosses,
                        problem -> showLosses(List.of()));
    }

    private List<Loss> losses(Caller me, List<Permission> removed, int pending) {
        List<Loss> losses = new ArrayList<>();
        for (Permission permission : removed) {
            try {
                List<Holder> holders = tools.effective().holders(me, permission.url(), permission.entitlement());
                losses.add(loss(permission, holders, pending));
            } catch (ProblemException e) {
                continue;
            }
        }
        return losses;
    }

    private Loss loss(Permission permission, List<Holder> holders, int pending) {
        int members = 0;
        int keepers = 0;
        Set<String> others = new LinkedHashSet<>();
        for (Holder holder : holders) {
            Set<String> through = new LinkedHashSet<>();
            holder.why().through().forEach(one -> through.addAll(one.groups()));
            if (through.remove(group)) {
                members++;
                boolean keeps = holder.why().unrestricted() || holder.why().implied() || !through.isEmpty();
                keepers += keeps ? 1 : 0;
                others.addAll(through);
            }
        }
        return new Loss(permission, members, members - keepers, keepers, pending, List.copyOf(others));
    }

    private void showLosses(List<Loss> losses) {
        removeAll();
        losses.stream().filter(loss -> loss.members() + loss.pending() > 0).forEach(loss -> {
            Permission permission = loss.permission();
            String on = PermissionWords.resource(permission.url());
            Div text = new Div(
                    loss.members() > 0
                            ? new Sentence("losses.some", permission.entitlement(), on, loss.losers(), loss.members())
                            : new Sentence("losses.none", permission.entitlement(), on));
            if (loss.keepers() > 0 && !loss.otherGroups().isEmpty()) {
                text.add(new Span(" "));
                text.add(new Sentence("losses.keepers", loss.keepers(), Names.of(loss.otherGroups(), name -> name)));
            }
            if (loss.pending() > 0) {
                text.add(new Span(" "));
                text.add(new Sentence("losses.pending", loss.pending()));
            }
            add(new Notice(Tone.NEUTRAL, "info", text));
        });
    }
}
