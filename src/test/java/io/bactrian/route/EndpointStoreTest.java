package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConfigException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.junit.jupiter.api.Test;

class EndpointStoreTest {

    /** As aws2-s3: does whose server is away. */
    private static final class Away extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> options)
                throws Exception {
            throw new IllegalStateException(new ConnectException("Connection refused"));
        }
    }

    @Test
    void placeThatIsAwayIsNoMistakeInTheSettings() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("away", new Away());
            context.start();
            EndpointStore store = new EndpointStore(context, "away:backups");

            assertThatThrownBy(() -> store.put("a.zip", Path.of("a.zip")))
                    .isInstanceOf(ResolveEndpointFailedException.class)
                    .hasRootCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void schemeThatNobodyKnowsIsOne() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            EndpointStore store = new EndpointStore(context, "nowhere:backups");

            assertThatThrownBy(() -> store.put("a.zip", Path.of("a.zip")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("no endpoint that is known");
        }
    }
}
