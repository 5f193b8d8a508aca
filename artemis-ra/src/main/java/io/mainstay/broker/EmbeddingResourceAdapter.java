package io.mainstay.broker;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.ra.ActiveMQResourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Artemis's resource adapter that, in {@code embedded} mode, carries the broker with it, and in every mode provides the
 * log's topology.
 *
 * <p>Order is the reason to embed here: the server starts the adapter before any bean looks up a connection and stops
 * it after the last, so the broker is there for exactly as long as it is needed.
 */
public class EmbeddingResourceAdapter extends ActiveMQResourceAdapter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(EmbeddingResourceAdapter.class.getName());
    private static final String EMBEDDED = "embedded";
    private static final String EXTERNAL = "external";

    private String brokerMode = EMBEDDED;
    private String brokerUrl = "vm://0";
    private String brokerConfig = "broker.xml";
    private String brokerDataDir = "broker";
    private int shards = 4;

    private transient @Nullable EmbeddedBroker broker;
    private transient @Nullable TopologyKeeper topologyKeeper;

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            OwnClassLoader.call(this::startBroker);
            super.start(context);
        } catch (Exception e) {
            stop();
            throw new ResourceAdapterInternalException("Broker (" + brokerMode + ") did not start: " + e, e);
        }
    }

    @Override
    public void stop() {
        super.stop();
        if (topologyKeeper != null) {
            topologyKeeper.close();
            topologyKeeper = null;
        }
        if (broker != null) {
            stopBroker(broker);
            broker = null;
        }
    }

    private LogTopology startBroker() throws Exception {
        connectTo(brokerUrl);
        LogTopology topology = new LogTopology(shards);
        TopologyKeeper keeper = new TopologyKeeper(brokerUrl, getUserName(), getPassword(), topology);
        switch (brokerMode) {
            case EMBEDDED -> {
                broker = EmbeddedBroker.start(brokerConfig, Path.of(brokerDataDir));
                keeper.ensure();
            }
            case EXTERNAL -> {
                LOG.info(() -> "Using the external broker at " + brokerUrl);
                topologyKeeper = keeper;
                keeper.ensureInBackground();
            }
            default ->
                throw new IllegalArgumentException(
                        "mainstay.broker.mode is " + brokerMode + "; it must be " + EMBEDDED + " or " + EXTERNAL);
        }
        return topology;
    }

    private static void stopBroker(EmbeddedBroker broker) {
        try {
            broker.stop();
        } catch (Exception e) {
            LOG.log(
                    Level.WARNING,
                    "Embedded broker did not stop cleanly; the journal is recovered at the next start",
                    e);
        }
    }

    /** One URL configures the adapter's own connections as well, so that nobody has to say it twice. */
    private void connectTo(String url) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(url)) {
            TransportConfiguration[] connectors = locator.getStaticTransportConfigurations();
            setConnectorClassName(Arrays.stream(connectors)
                    .map(TransportConfiguration::getFactoryClassName)
                    .collect(Collectors.joining(",")));
            setConnectionParameters(Arrays.stream(connectors)
                    .map(EmbeddingResourceAdapter::parameters)
                    .collect(Collectors.joining(",")));
            setHA(locator.isHA());
        }
    }

    private static String parameters(TransportConfiguration connector) {
        return connector.getParams().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(";"));
    }

    public String getBrokerMode() {
        return brokerMode;
    }

    public void setBrokerMode(String brokerMode) {
        this.brokerMode = brokerMode;
    }

    public String getBrokerUrl() {
        return brokerUrl;
    }

    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl = brokerUrl;
    }

    public String getBrokerConfig() {
        return brokerConfig;
    }

    public void setBrokerConfig(String brokerConfig) {
        this.brokerConfig = brokerConfig;
    }

    public String getBrokerDataDir() {
        return brokerDataDir;
    }

    public void setBrokerDataDir(String brokerDataDir) {
        this.brokerDataDir = brokerDataDir;
    }

    public Integer getShards() {
        return shards;
    }

    public void setShards(Integer shards) {
        this.shards = shards;
    }
}
