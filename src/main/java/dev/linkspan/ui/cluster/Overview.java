package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;

/** Who this server is and where others reach it. */
class Overview extends Div {
    Overview(ClusterTools tools) {
        addClassName("ls-scroll");
        ServerInfo us = tools.server().info(tools.me().get());
        Facts facts = new Facts()
                .with("overview.name", us.name())
                .with("overview.version", Texts.of("frame.version", ServerInfo.VERSION))
                .withCodes("overview.addresses", us.addresses(), Texts.of("overview.addresses.none"))
                .withFingerprint("overview.fingerprint", us.fingerprint());
        Paragraph compare = new Paragraph(new Sentence("overview.compare"));
        compare.addClassNames("ls-small", "ls-muted");
        Div content = new Div(new Card(Texts.of("overview"), facts, compare));
        if (tools.access().allowed(tools.me().get(), "can_create_cluster_links")) {
            content.add(new DialedAddresses(tools.addresses(), tools.background(), tools.me()));
        }
        content.addClassNames("ls-stack", "ls-loose", "ls-sheet");
        add(content);
    }
}
