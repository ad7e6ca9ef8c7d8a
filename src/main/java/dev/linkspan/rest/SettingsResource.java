package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.member.Setting;
import dev.linkspan.member.SettingService;
import org.springframework.stereotype.Component;

/** The server's configuration key by key; it is changed by {@code PUT} and {@code PATCH /1.0}. */
@Component
class SettingsResource implements Resource {
    private final SettingService settings;

    SettingsResource(SettingService settings) {
        this.settings = settings;
    }

    private record Change(String at, String username, String protocol, String address) {
        static Change of(Setting setting) {
            return setting.changedAt() == null
                    ? null
                    : new Change(
                            setting.changedAt().toString(), setting.username(), setting.protocol(), setting.address());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Shown(
            String key,
            String value,
            @JsonProperty("default") String standard,
            boolean set,
            boolean secret,
            boolean ofMember,
            Change lastChange) {
        static Shown of(Setting setting) {
            return new Shown(
                    setting.key(),
                    setting.secret() ? null : setting.value(),
                    setting.standard(),
                    setting.set(),
                    setting.secret(),
                    setting.ofMember(),
                    Change.of(setting));
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on(
                "GET",
                "/1.0/linkspan/settings",
                request -> Answer.of(
                        settings.list(request.caller()).stream().map(Shown::of).toList()));
    }
}
