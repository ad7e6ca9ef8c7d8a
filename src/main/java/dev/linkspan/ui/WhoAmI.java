package dev.linkspan.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustedIdentity;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Texts;
import java.util.List;
import java.util.Locale;

/** Who is signed in, how, and in which auth groups. Leads to one's own identity. */
class WhoAmI extends Anchor {
    private static final int FACE_LETTERS = 2;

    private final transient IdentityService identities;
    private final transient CurrentCaller me;

    WhoAmI(IdentityService identities, CurrentCaller me) {
        this.identities = identities;
        this.me = me;
        addClassName("ls-who");
        refresh();
    }

    /** Says what is so now; nothing new when nobody is signed in any more. */
    void refresh() {
        me.find().ifPresent(this::show);
    }

    private void show(Caller caller) {
        Span name = new Span(caller.displayName());
        name.addClassName("ls-cut");
        String groups = groups(caller);
        Span way = new Span(me.session()
                .map(now ->
                        Texts.of("frame.who", Texts.of("frame.way." + now.way().wireName()), groups))
                .orElse(groups));
        way.addClassNames("ls-small", "ls-muted", "ls-cut");
        setTitle(Texts.of("frame.who", caller.displayName(), way.getText()));
        setHref(IdentitiesView.addressOf(caller));
        removeAll();
        add(face(caller), new Span(name, way));
    }

    private String groups(Caller caller) {
        if (!caller.identity().map(TrustedIdentity::fineGrained).orElse(false)) {
            return Texts.of("identities.groups.full-access");
        }
        List<String> names = identities.groups(caller);
        return names.isEmpty() ? Texts.of("frame.no-groups") : String.join(", ", names);
    }

    static Span face(Caller caller) {
        String name = caller.displayName();
        Span face = new Span(
                name.substring(0, Math.min(FACE_LETTERS, name.length())).toUpperCase(Locale.ROOT));
        face.addClassName("ls-face");
        face.getElement().setAttribute("aria-hidden", "true");
        return face;
    }
}
