package dev.linkspan.ui.identity;

import dev.linkspan.identity.BearerToken;
import dev.linkspan.identity.SignInLink;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.ui.shared.SecretDialog;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;

/** Shows once what somebody signs in with, and says what they do with it. */
final class HandoverDialog extends SecretDialog {
    private HandoverDialog(String title, String symbol, Secret secret, String caution, Runnable after) {
        super(title, new Symbol(symbol), secret, new Sentence(caution), after);
    }

    private static Secret token(String label, String file, String value, String validity) {
        return new Secret(
                Texts.of(label), file, value, Texts.of("copy.token"), Texts.of("secret.copied.token"), validity);
    }

    private static Secret trustToken(String label, TrustToken token) {
        return token(
                label,
                "trust-token-" + token.clientName(),
                token.encode(),
                until("token.works-once", "token.works-until", token.expiresAt()));
    }

    static HandoverDialog signInLink(String title, String name, SignInLink link, Runnable after) {
        Secret secret = new Secret(
                Texts.of("handover.link"),
                "sign-in-link-" + name,
                link.url(),
                Texts.of("copy.link"),
                Texts.of("secret.copied.link"),
                until("token.works-once", "token.works-until", link.expiresAt()));
        HandoverDialog dialog = new HandoverDialog(title, "log-in", secret, "handover.link.caution", after);
        dialog.addSteps(
                Texts.of("handover.link.steps"),
                new Sentence("handover.link.step.send"),
                new Sentence("handover.link.step.open", name),
                new Sentence("handover.link.step.again"));
        return dialog;
    }

    static HandoverDialog client(String title, TrustToken token, String ourName, Runnable after) {
        HandoverDialog dialog = new HandoverDialog(
                title, "shield-check", trustToken("handover.client", token), "handover.client.caution", after);
        dialog.addSteps(
                Texts.of("handover.client.steps"),
                new Sentence("handover.client.step.run"),
                new Sentence("handover.client.step.name", ourName));
        dialog.showCommand(
                dialog.addCommand(Texts.of("handover.client.command")), "lxc remote add " + quoted(ourName) + " ", "");
        return dialog;
    }

    static HandoverDialog clusterLink(String title, TrustToken token, String ourName, Runnable after) {
        HandoverDialog dialog = new HandoverDialog(
                title, "link", trustToken("handover.cluster-link", token), "handover.cluster-link.caution", after);
        dialog.addSteps(
                Texts.of("token.steps"),
                new Sentence("token.step.open"),
                new Sentence("handover.cluster-link.step.paste"),
                new Sentence("handover.cluster-link.step.name"));
        dialog.showCommand(
                dialog.addCommand(Texts.of("token.command")),
                "lxc cluster link create " + quoted(ourName) + " --unidirectional --token ",
                "");
        return dialog;
    }

    static HandoverDialog bearer(String title, BearerToken token, String address, Runnable after) {
        Secret secret = token(
                "handover.bearer",
                "bearer-token",
                token.text(),
                until("handover.bearer.works", "handover.bearer.until", token.expiresAt()));
        HandoverDialog dialog = new HandoverDialog(title, "key-round", secret, "handover.bearer.caution", after);
        dialog.addSteps(
                Texts.of("handover.bearer.steps"),
                new Sentence("handover.bearer.step.header"),
                new Sentence("handover.bearer.step.console"));
        dialog.showCommand(
                dialog.addCommand(Texts.of("handover.bearer.command")),
                "curl --insecure --header \"Authorization: Bearer ",
                "\" https://" + address + "/1.0");
        return dialog;
    }
}
