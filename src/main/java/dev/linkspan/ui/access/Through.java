package dev.linkspan.ui.access;

import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.EffectiveAccess.ThroughGroups;
import dev.linkspan.identity.EffectiveAccess.Why;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way in which somebody has a right.
 *
 * @param providerGroups groups of the identity provider that lead to the group; often empty
 * @param group name of the auth group; empty for what needs none
 * @param text what stands in the group's place, or what the right follows from; often empty
 * @param code the entitlement that the right follows from; often empty
 */
public record Through(String providerGroups, String group, String text, String code) {
    private static final String CHAIN = """
            <span class="ls-chain">${item.ways.map((way, i) => html`<span>
              ${i ? html`<span class="ls-muted">${item.and}</span>` : ''}
              ${way.providerGroups ? html`<span class="ls-chip" title="${way.providerGroups}"><vaadin-icon src="%1$s"
                symbol="id-card" aria-hidden="true"></vaadin-icon>${way.providerGroups}</span><vaadin-icon src="%1$s"
                symbol="arrow-right" class="ls-muted" aria-hidden="true"></vaadin-icon>` : ''}
              ${way.group ? html`<a class="ls-chip" router-link title="${way.group}"
                href="permissions/group?name=${encodeURIComponent(way.group)}"><vaadin-icon src="%1$s"
                symbol="users-round" aria-hidden="true"></vaadin-icon>${way.group}</a>` : ''}
              ${way.text || way.code ? html`<span><span class="ls-muted">${way.text}</span>
                ${way.code ? html`<code>${way.code}</code>` : ''}</span>` : ''}</span>`)}</span>""".formatted(Symbol.SHEET);
    private static final int MOST = 4;

    static <T> LitRenderer<T> cell(ValueProvider<T, List<Through>> ways) {
        return LitRenderer.<T>of(CHAIN).withProperty("ways", ways).withProperty("and", row -> Texts.of("access.and"));
    }

    /** The ways to a permission that groups have, with the provider's groups that lead to them. */
    static List<Through> groups(List<String> groups, Map<String, List<String>> providerGroups) {
        return cut(groups.stream()
                .map(group -> new Through(
                        Names.of(providerGroups.getOrDefault(group, List.of()), name -> name), group, "", ""))
                .toList());
    }

    /** The ways to a right on an entity. */
    static List<Through> why(Why why, Permission asked) {
        List<Through> ways = new ArrayList<>();
        if (why.unrestricted()) {
            ways.add(new Through("", "", Texts.of("access.unrestricted"), ""));
        }
        if (why.implied()) {
            ways.add(new Through("", "", Texts.of("access.own"), ""));
        }
        for (ThroughGroups through : why.through()) {
            boolean itself = through.permission().equals(asked);
            String on = PermissionWords.resource(through.permission().url());
            String text = itself ? "" : Texts.of("access.implied-by", on);
            String code = itself ? "" : through.permission().entitlement();
            List<String> groups = through.groups().isEmpty() ? List.of("") : through.groups();
            groups.forEach(group -> ways.add(new Through("", group, text(group, text), code)));
        }
        return cut(ways);
    }

    private static String text(String group, String text) {
        return group.isEmpty() ? Texts.of("access.hidden-group", text).strip() : text;
    }

    private static List<Through> cut(List<Through> ways) {
        if (ways.size() <= MOST) {
            return ways;
        }
        List<Through> first = new ArrayList<>(ways.subList(0, MOST - 1));
        first.add(new Through("", "", Texts.of("access.more-ways", ways.size() - first.size()), ""));
        return first;
    }
}
