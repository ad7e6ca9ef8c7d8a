package dev.linkspan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.store.DataDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void runTakesItsOptionsInEitherForm() {
        assertThat(parse("run", "--data", "/srv/my data", "--address=:9443", "--name", "one"))
                .isEqualTo(new CommandLine.Run(
                        List.of("--linkspan.data=/srv/my data", "--linkspan.address=:9443", "--linkspan.name=one")));
    }

    @Test
    void runIsTheDefault() {
        assertThat(parse()).isEqualTo(new CommandLine.Run(List.of()));
    }

    @Test
    void signInLinkTakesTheDataDirectoryFromTheOptionThenTheEnvironmentThenTheDefault() {
        assertThat(CommandLine.parse(List.of("sign-in-link", "--data", "/a"), "/b"))
                .isEqualTo(new CommandLine.SignInLink(Path.of("/a")));
        assertThat(CommandLine.parse(List.of("sign-in-link"), "/b"))
                .isEqualTo(new CommandLine.SignInLink(Path.of("/b")));
        assertThat(parse("sign-in-link")).isEqualTo(new CommandLine.SignInLink(DataDirectory.defaultPath()));
    }

    @Test
    void rotateCertificateTakesDataDirectoryAndYes() {
        assertThat(parse("rotate-certificate", "--yes", "--data", "/a"))
                .isEqualTo(new CommandLine.RotateCertificate(Path.of("/a"), true));
        assertThat(parse("rotate-certificate"))
                .isEqualTo(new CommandLine.RotateCertificate(DataDirectory.defaultPath(), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start | there is no command \"start\"",
                "run --port 1 | there is no option \"--port\"",
                "run data | there is no option \"data\"",
                "run --data | the option --data needs a value",
                "run --name= | the option --name needs a value",
                "rotate-certificate --no | there is no option \"--no\"",
                "sign-in-link --name x | there is no option \"--name\""
            })
    void whatIsUnknownIsRefused(String line, String message) {
        assertThatExceptionOfType(CommandLine.UsageProblem.class)
                .isThrownBy(() -> parse(line.split(" ")))
                .withMessage(message);
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), null);
    }
}
