package dev.linkspan.ui.group;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.LiveChoices;
import dev.linkspan.ui.shared.Symbol;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses one of the identities that the caller sees, by name or identifier. They are read when they are needed. */
public class MemberBox extends ComboBox<Member> {
    private static final String CHOICE = """
            <div class="ls-row"><vaadin-icon src="%s" symbol="${item.symbol}" class="ls-muted"
                aria-hidden="true"></vaadin-icon><span class="ls-grow"><span class="ls-choice">${item.name}</span
                ><span class="ls-under">${item.type}</span></span></div>""".formatted(Symbol.SHEET);

    private final transient IdentityService identities;
    private final transient CurrentCaller me;
    private transient Predicate<Member> offered = member -> true;
    private transient List<Member> known;
    private final transient LiveChoices choices;

    public MemberBox(String label, IdentityService identities, CurrentCaller me) {
        this.identities = identities;
        this.me = me;
        setLabel(label);
        setItemLabelGenerator(Member::name);
        setRenderer(LitRenderer.<Member>of(CHOICE)
                .withProperty("symbol", Member::symbol)
                .withProperty("name", Member::name)
                .withProperty("type", Member::type));
        setItems(this::matching);
        choices = new LiveChoices(this, () -> getLazyDataView().refreshAll());
    }

    /** Offers only these. */
    MemberBox offering(Predicate<Member> wanted) {
        offered = wanted;
        return this;
    }

    /** Reads the identities anew when they are needed next. */
    public void refresh() {
        known = null;
        offerAnew();
    }

    /** Asks anew which of them are to be offered. */
    void offerAnew() {
        choices.renew();
    }

    private Stream<Member> matching(Query<Member, String> query) {
        String words = query.getFilter().orElse("").strip().toLowerCase(Locale.ROOT);
        return known().stream()
                .filter(member -> offered.test(member) && member.matches(words))
                .skip(query.getOffset())
                .limit(query.getLimit());
    }

    private List<Member> known() {
        if (known == null) {
            known = identities.overview(me.get()).stream()
                    .map(Member::of)
                    .sorted(Comparator.comparing(Member::name, String.CASE_INSENSITIVE_ORDER))
                    .toList();
        }
        return known;
    }
}
