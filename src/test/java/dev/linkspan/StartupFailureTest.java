package dev.linkspan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.store.StartupProblem;
import java.nio.file.Path;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.server.PortInUseException;

class StartupFailureTest {

    @Test
    void sentenceWhenAProblemIsNestedThenIsFound() {
        var failure =
                new BeanCreationException("dataSource", new IllegalStateException(new StartupProblem("No disk.")));
        assertThat(StartupFailure.sentence(failure)).contains("No disk.");
    }

    @Test
    void sentenceWhenAValueIsInvalidThenNamesTheKey() {
        var source = new MapConfigurationPropertySource(Map.of("linkspan.size", "much"));
        BindException failure = null;
        try {
            new Binder(source).bind("linkspan.size", Integer.class);
        } catch (BindException e) {
            failure = e;
        }
        assertThat(StartupFailure.sentence(failure)).contains("The value \"much\" of linkspan.size is not valid.");
    }

    @Test
    void sentenceWhenThePortIsTakenThenNamesIt() {
        assertThat(StartupFailure.sentence(new PortInUseException(8443)))
                .contains("Port 8443 is in use by another program.");
    }

    @Test
    void sentenceWhenTheDatabaseIsLostMeanwhileThenSaysSo() {
        var failure = new IllegalStateException(new SQLNonTransientConnectionException("Socket error"));
        assertThat(StartupFailure.sentence(failure)).contains("The database went away during the start: Socket error.");
    }

    @Test
    void sentenceWhenItIsADefectThenThereIsNone() {
        assertThat(StartupFailure.sentence(new NullPointerException(Path.of("x").toString())))
                .isEmpty();
    }
}
